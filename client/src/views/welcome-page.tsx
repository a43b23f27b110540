import { useLayoutEffect, useRef } from 'preact/hooks';
import type { OnboardingStep, OnboardingView } from '../../../server/http/onboarding-api.js';
import { FirstAlert } from '../components/first-alert.js';
import { FirstCamera } from '../components/first-camera.js';
import { FullPageNote } from '../components/full-page-note.js';
import { Icon } from '../components/icon.js';
import { RouteLink } from '../components/route-link.js';
import { useLoaded } from '../components/use-loaded.js';
import { ZoneStage } from '../components/zone-stage.js';
import { useServices } from '../services.js';

const steps = ['camera', 'zone', 'alert'] as const;
const after: Readonly<Record<OnboardingStep, OnboardingStep>> = {
  camera: 'zone',
  zone: 'alert',
  alert: 'done',
  done: 'done',
};

/** The first steps after set-up: a camera, a zone, an alert. Each can be skipped, and gone on with later. */
export function WelcomePage() {
  const { session, strings } = useServices();
  const t = strings.start;
  if (!session.can('admin'))
    return <FullPageNote whole icon="warning" title={t.title} text={t.noPermission} />;
  return <Steps />;
}

function Steps() {
  const { api, store, strings } = useServices();
  const t = strings.start;
  const { value, failure, change } = useLoaded(() => api.onboarding());
  const heading = useRef<HTMLHeadingElement>(null);
  const step = value?.step;
  const before = useRef(step);
  useLayoutEffect(() => {
    // The next step is read out, and the keyboard goes on from there.
    if (before.current !== undefined && before.current !== step) heading.current?.focus();
    before.current = step;
  }, [step]);
  if (value === undefined) {
    if (failure === undefined) return <FullPageNote whole busy title={t.loading} />;
    return <FullPageNote whole icon="warning" title={t.title} text={failure} />;
  }
  const go = (view: OnboardingView): void => void change(() => api.setOnboarding(view));
  const about = value.cameraId === undefined ? {} : { cameraId: value.cameraId };
  const camera = store.live.value.cameras.get(value.cameraId ?? '');
  const now = value.step;
  if (now === 'done') return <AllSet />;
  const skip = (): void => go(now === 'camera' ? { step: 'done' } : { ...about, step: after[now] });
  return (
    <div class="welcome-page" data-testid="welcome-page" data-step={now}>
      <h1>{t.title}</h1>
      <ol class="first-steps">
        {steps.map((one, index) => (
          <li
            key={one}
            aria-current={one === now ? 'step' : undefined}
            data-done={steps.indexOf(now) > index}
          >
            <span class="first-number" aria-hidden="true">
              {index + 1}
            </span>
            {t.steps[one]}
          </li>
        ))}
      </ol>
      <h2 ref={heading} tabIndex={-1}>
        {t.headings[now]}
      </h2>
      <p class="quiet">{t.hints[now]}</p>
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {failure}
        </p>
      )}
      {now === 'camera' && <FirstCamera onNext={({ id }) => go({ step: 'zone', cameraId: id })} />}
      {now === 'zone' && camera && (
        <div class="panel">
          <ZoneStage camera={camera} key={camera.id} />
          <footer class="first-foot">
            <button
              type="button"
              class="button button-primary"
              onClick={() => go({ ...about, step: 'alert' })}
            >
              {t.next}
            </button>
          </footer>
        </div>
      )}
      {now === 'alert' && camera && (
        <FirstAlert camera={camera} onDone={() => go({ ...about, step: 'done' })} />
      )}
      <footer class="first-foot">
        {now !== 'camera' && (
          <button
            type="button"
            class="button"
            onClick={() => go({ ...about, step: now === 'alert' ? 'zone' : 'camera' })}
          >
            {t.back}
          </button>
        )}
        <button type="button" class="button" onClick={skip}>
          {now === 'camera' ? t.skipAll : t.skip}
        </button>
        <RouteLink to={{ view: 'wall' }} class="button">
          {t.later}
        </RouteLink>
      </footer>
    </div>
  );
}

/** Nothing is left to do, and where to go from here. */
function AllSet() {
  const { strings } = useServices();
  const t = strings.start;
  return (
    <FullPageNote whole title={t.allSet} text={t.allSetHint}>
      <RouteLink to={{ view: 'wall' }} class="button button-primary">
        <Icon name="camera" /> {strings.app.wall}
      </RouteLink>
      <RouteLink to={{ view: 'sinks' }} class="button">
        <Icon name="bell" /> {strings.watch.alerts.sinks}
      </RouteLink>
    </FullPageNote>
  );
}
