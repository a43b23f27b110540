import { PasswordForm } from '../components/password-form.js';
import { useServices } from '../services.js';

/** Lets somebody in; the address stays, so that the page that was wanted comes next. */
export function SignInPage() {
  const { access, session, strings } = useServices();
  const t = strings.access;
  return (
    <section class="panel narrow" data-testid="sign-in-page">
      <h1>{t.signIn}</h1>
      <PasswordForm
        submit={t.signIn}
        fresh={false}
        onSubmit={async (credentials) => {
          session.view.value = await access.signIn(credentials);
        }}
      />
    </section>
  );
}
