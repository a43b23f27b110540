import { useState } from 'preact/hooks';
import type { TokenInput } from '../../../server/http/access-api.js';
import { formatDayTime } from '../format/times.js';
import { useServices } from '../services.js';
import { SelectField, TextField } from './field.js';
import { LoadNote } from './load-note.js';
import { useLoaded } from './use-loaded.js';

type Scope = TokenInput['permissions'][number];
const scopes: readonly Scope[] = ['view', 'operate', 'publish', 'admin'];
const dayMs = 24 * 3_600_000;
const lifetimes = ['30', '365', ''] as const;

/** API tokens: those that there are, and a new one, which is shown once. */
export function TokenList() {
  const { access, session, strings, locale } = useServices();
  const t = strings.access;
  const { value, failure, change, reload } = useLoaded(() => access.tokens());
  const [name, setName] = useState('');
  const [scope, setScope] = useState<string>('view');
  const [days, setDays] = useState<string>('30');
  const [secret, setSecret] = useState<string>();

  async function add(): Promise<void> {
    const permissions = scopes.filter((one) => one === scope);
    const expiry = days === '' ? {} : { expiresAt: Date.now() + Number(days) * dayMs };
    const worked = await change(async () => {
      setSecret((await access.addToken({ name, permissions, ...expiry })).secret);
    });
    if (worked) setName('');
  }

  return (
    <section class="panel" aria-labelledby="tokens-title">
      <h2 id="tokens-title">{t.tokens}</h2>
      <p class="quiet">{t.tokensIntro}</p>
      <LoadNote value={value} failure={failure} onRetry={reload} />
      {value?.length === 0 && <p class="quiet">{t.noTokens}</p>}
      <ul class="rows">
        {value?.map((token) => (
          <li key={token.id}>
            <span>
              {token.name} · {token.prefix}… · {token.permissions.map((one) => t.scope[one]).join(', ')} ·{' '}
              {token.lastUsedAt === undefined
                ? t.neverUsed
                : t.lastUsed(formatDayTime(token.lastUsedAt, locale))}
            </span>
            <button
              type="button"
              class="button button-small"
              onClick={() => void change(() => access.revokeToken(token.id))}
            >
              {t.revoke}
            </button>
          </li>
        ))}
      </ul>
      <div role="status">
        {secret !== undefined && (
          <p class="notice notice-good" data-testid="new-token">
            {t.tokenOnce} <code>{secret}</code>
          </p>
        )}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField
          label={t.tokenName}
          value={name}
          onInput={setName}
          input={{ required: true, maxLength: 80 }}
        />
        <SelectField label={t.tokenScope} value={scope} onChange={setScope}>
          {scopes
            .filter((one) => session.can(one))
            .map((one) => (
              <option key={one} value={one}>
                {t.scope[one]}
              </option>
            ))}
        </SelectField>
        <SelectField label={t.tokenLifetime} value={days} onChange={setDays}>
          {lifetimes.map((one) => (
            <option key={one} value={one}>
              {one === '' ? t.forever : t.days(Number(one))}
            </option>
          ))}
        </SelectField>
        <footer>
          <button type="submit" class="button">
            {t.tokenAdd}
          </button>
        </footer>
      </form>
    </section>
  );
}
