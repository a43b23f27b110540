import { useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { TextField } from './field.js';

/** Changes one's own password. */
export function PasswordChange() {
  const { access, strings } = useServices();
  const t = strings.access;
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [outcome, setOutcome] = useState<string>();

  async function change(): Promise<void> {
    try {
      await access.changePassword({ current, password });
      setCurrent('');
      setPassword('');
      setOutcome(t.passwordChanged);
    } catch (error) {
      setOutcome(messageOf(error));
    }
  }

  return (
    <section class="panel" aria-labelledby="password-title">
      <h2 id="password-title">{t.changePassword}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <TextField
          label={t.currentPassword}
          value={current}
          onInput={setCurrent}
          input={{ type: 'password', autocomplete: 'current-password', required: true }}
        />
        <TextField
          label={t.newPassword}
          value={password}
          onInput={setPassword}
          hint={t.passwordHint}
          input={{ type: 'password', autocomplete: 'new-password', required: true }}
        />
        <p role="status">{outcome}</p>
        <footer>
          <button type="submit" class="button">
            {t.changePassword}
          </button>
        </footer>
      </form>
    </section>
  );
}
