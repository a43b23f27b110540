import { FullPageNote } from '../components/full-page-note.js';
import { PasswordForm } from '../components/password-form.js';
import { useServices } from '../services.js';

/** Makes the first account: for whoever sits at the machine, or holds the link that the command line printed. */
export function SetupPage() {
  const { access, session, navigator, strings } = useServices();
  const t = strings.access;
  const token = location.hash.slice(1);
  const atTheMachine = session.caller.value?.kind === 'local';
  if (!atTheMachine && token === '') {
    return <FullPageNote whole icon="warning" title={t.setupTitle} text={t.setupNeedsLink} />;
  }
  return (
    <section class="panel narrow" data-testid="setup-page">
      <h1>{t.setupTitle}</h1>
      <p>{t.setupIntro}</p>
      <PasswordForm
        submit={t.setupSubmit}
        fresh
        onSubmit={async (credentials) => {
          const view = await access.setUp({ ...credentials, ...(token !== '' && { token }) });
          navigator.go({ view: 'welcome' }, true);
          session.view.value = view;
        }}
      />
    </section>
  );
}
