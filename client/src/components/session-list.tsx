import { browserName } from '../format/browser-name.js';
import { formatDayTime } from '../format/times.js';
import { useServices } from '../services.js';
import { LoadNote } from './load-note.js';
import { useLoaded } from './use-loaded.js';

/** The browsers in which the account is signed in, each with a way to end it. */
export function SessionList() {
  const { access, strings, locale } = useServices();
  const t = strings.access;
  const { value, failure, change, reload } = useLoaded(() => access.sessions());
  return (
    <section class="panel" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t.sessions}</h2>
      <LoadNote value={value} failure={failure} onRetry={reload} />
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
