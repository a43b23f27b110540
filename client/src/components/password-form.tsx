import { useState } from 'preact/hooks';
import type { Credentials } from '../../../server/http/access-api.js';
import { ApiError, messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { TextField } from './field.js';

interface PasswordFormProps {
  readonly submit: string;
  /** True where the password is a new one: browsers then offer to make one. */
  readonly fresh: boolean;
  /** What went wrong is shown beside the fields. */
  readonly onSubmit: (credentials: Credentials) => Promise<void>;
}

/** Name and password, as for signing in or for a new account. */
export function PasswordForm({ submit, fresh, onSubmit }: PasswordFormProps) {
  const { strings } = useServices();
  const t = strings.access;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const fields = failure instanceof ApiError ? failure.fields : [];
  const errorOf = (pointer: string) => fields.find((field) => field.pointer === pointer)?.detail;

  async function send(): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      await onSubmit({ name, password });
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <TextField
        label={t.name}
        value={name}
        onInput={setName}
        error={errorOf('/name')}
        input={{ autocomplete: 'username', autocapitalize: 'none', required: true, maxLength: 64 }}
      />
      <TextField
        label={t.password}
        value={password}
        onInput={setPassword}
        error={errorOf('/password')}
        hint={fresh ? t.passwordHint : undefined}
        input={{
          type: 'password',
          autocomplete: fresh ? 'new-password' : 'current-password',
          required: true,
          maxLength: 256,
        }}
      />
      {failure !== undefined && fields.length === 0 && (
        <p class="notice notice-bad" role="alert">
          {messageOf(failure)}
        </p>
      )}
      <footer>
        <button type="submit" class="button button-primary button-large" disabled={busy}>
          {busy ? t.working : submit}
        </button>
      </footer>
    </form>
  );
}
