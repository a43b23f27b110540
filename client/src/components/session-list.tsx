import { browserName } from '../format/browser-name.js';
import { formatDayTime } from '../format/times.js';
import { useServices } from '../services.js';
import { useLoaded } from './use-loaded.js';

/** The browsers in which the account is signed in, each with a way to end it. */
export function SessionList() {
  const { access, strings, locale } = useServices();
  const t = strings.access;
  const { value, failure, change } = useLoaded(() => access.sessions());
  return (
    <section class="panel" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t.sessions}</h2>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <ul class="rows">
        {value?.map(({ id, agent, address, seenAt, current }) => (
          <li key={id}>
            <span>
              {agent && `${browserName(agent)} · `}
              {address} · {formatDayTime(seenAt, locale)}
              {current && ` · ${t.thisBrowser}`}
            </span>
            {!current && (
              <button
                type="button"
                class="button button-small"
                onClick={() => void change(() => access.endSession(id))}
              >
                {t.signOut}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
