import { useServices } from '../services.js';
import { RouteLink } from './route-link.js';
import { useLoaded } from './use-loaded.js';

/** Offers the first steps to an admin until they are done or dismissed. */
export function FirstStepsNotice() {
  const { session } = useServices();
  return session.can('admin') ? <Offer /> : null;
}

function Offer() {
  const { api, strings } = useServices();
  const t = strings.start;
  // What could not be read is not offered: the wall itself says when the server is out of reach.
  const { value, change } = useLoaded(() => api.onboarding());
  if (value === undefined || value.step === 'done') return null;
  return (
    <section class="first-steps-notice" aria-label={t.title} data-testid="first-steps">
      <p>{value.step === 'camera' ? t.offer : t.goOn(t.steps[value.step])}</p>
      <RouteLink to={{ view: 'welcome' }} class="button button-small button-primary">
        {value.step === 'camera' ? t.begin : t.resume}
      </RouteLink>
      <button
        type="button"
        class="button button-small"
        onClick={() => void change(() => api.setOnboarding({ step: 'done' }))}
      >
        {t.dismiss}
      </button>
    </section>
  );
}
