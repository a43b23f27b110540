import type { OutboxItem } from '../../../server/http/sink-api.js';
import { formatDayTime, formatTime } from '../format/times.js';
import { useServices } from '../services.js';

interface OutboxRowProps {
  readonly item: OutboxItem;
  /** Whether its sink is switched on: otherwise nothing is tried. */
  readonly running: boolean;
  readonly onReplay: () => void;
  readonly onDrop: () => void;
}

/** One message: what it tells, how it stands, why it failed and when it is tried next. */
export function OutboxRow({ item, running, onReplay, onDrop }: OutboxRowProps) {
  const { strings, locale } = useServices();
  const t = strings.outbox;
  const { state, title, createdAt, dueAt, attempts, error, finishedAt } = item;
  const time = (ms: number): string => formatDayTime(ms, locale);
  const next = running ? t.next(formatTime(dueAt, locale, true)) : t.sinkOff;
  return (
    <li class="outbox-row" data-testid="message" data-state={state}>
      <div class="outbox-text">
        <p>
          <span class="badge" data-state={state}>
            {t.state[state]}
          </span>{' '}
          <strong>{title}</strong>
        </p>
        <p class="muted">
          {[
            t.since(time(createdAt)),
            attempts > 0 && t.tried(attempts),
            state === 'waiting' ? next : finishedAt !== undefined && t.ended(time(finishedAt)),
          ]
            .filter((part) => part !== false)
            .join(' · ')}
        </p>
        {error !== undefined && <p class="outbox-error">{error}</p>}
      </div>
      <div class="actions">
        <button
          type="button"
          class="button button-small"
          aria-label={`${t.again[state]}: ${title}`}
          onClick={onReplay}
        >
          {t.again[state]}
        </button>
        {state !== 'sent' && (
          <button
            type="button"
            class="button button-small"
            aria-label={`${t.drop}: ${title}`}
            onClick={onDrop}
          >
            {t.drop}
          </button>
        )}
      </div>
    </li>
  );
}
