import type { AlertRule } from '../http/alert-api.js';
import type { EventLog, LoggedEvent } from '../storage/event-log.js';
import type { FlagStore } from '../storage/flag-store.js';
import type { Database } from '../storage/open-database.js';
import type { OutboxStore } from '../storage/outbox-store.js';
import { addToDigest, type AlertNews, type Notice } from './notice.js';

/** What a courier stands on. */
export interface CourierOptions {
  readonly db: Pick<Database, 'transaction'>;
  readonly log: Pick<EventLog, 'read' | 'newest'>;
  readonly flags: FlagStore;
  readonly outbox: OutboxStore;
  readonly rules: () => readonly AlertRule[];
  /** Sinks that are switched on. */
  readonly sinks: () => readonly { readonly sinkId: string; readonly kind: 'webhook' | 'mqtt' | 'email' }[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const place = 'courier-place';
const minuteMs = 60_000;

/**
 * Carries alerts from the event log into the outboxes. Its place in the log and what it put there are written together, so a
 * crash neither loses nor doubles news.
 */
export class Courier {
  readonly #options: CourierOptions;

  constructor(options: CourierOptions) {
    this.#options = options;
    // What happened before there was a courier is nobody's news.
    if (options.flags.get(place) === undefined) options.flags.set(place, String(options.log.newest()));
  }

  /** Reads on from where it stopped. @returns the sinks that have something new */
  catchUp(): ReadonlySet<string> {
    const { db, log, flags } = this.#options;
    const touched = new Set<string>();
    for (;;) {
      const after = Number(flags.get(place) ?? 0);
      const page = log.read(after, { cameras: '*', kinds: ['alert'] });
      if (page.through === after) return touched;
      db.transaction(() => {
        for (const logged of page.events) this.#carry(logged as LoggedEvent<'alert'>, touched);
        flags.set(place, String(page.through));
      });
      if (page.end) return touched;
    }
  }

  #carry({ event, seq }: LoggedEvent<'alert'>, touched: Set<string>): void {
    const { change, alert, at } = event;
    // That a picture is kept, or no longer, is for the inbox.
    if (change === 'pictured') return;
    // Quiet hours: told to nobody, neither its beginning nor its end.
    if (alert.quiet) return;
    const rule = this.#options.rules().find(({ ruleId }) => ruleId === alert.ruleId);
    const wanted = rule?.sinks ?? '*';
    // An alert that is told after quiet hours comes as an update; a second telling of the same is ignored by its name.
    const told = change === 'updated' ? 'raised' : change;
    const name =
      told === 'acknowledged' ? `${alert.alertId} acknowledged ${seq}` : `${alert.alertId} ${told}`;
    for (const { sinkId, kind } of this.#options.sinks()) {
      if (wanted !== '*' && !wanted.includes(sinkId)) continue;
      // People who read mail know what they have done.
      if (kind === 'email' && told === 'acknowledged') continue;
      touched.add(sinkId);
      this.#put(sinkId, name, { change: told, alert, at }, rule);
    }
  }

  #put(sinkId: string, name: string, news: AlertNews, rule: AlertRule | undefined): void {
    const { outbox, now } = this.#options;
    const minutes = rule?.digestMinutes ?? 0;
    if (minutes === 0) {
      const notice: Notice = { type: 'alert', ...news };
      outbox.add(sinkId, name, JSON.stringify(notice), now(), now());
      return;
    }
    const window = Math.floor(news.at / (minutes * minuteMs)) * minutes * minuteMs;
    const digestName = `${news.alert.ruleId} digest ${window}`;
    const waiting = outbox.untried(sinkId, digestName);
    const digest =
      waiting === undefined
        ? { type: 'digest' as const, ruleName: news.alert.ruleName, news: [], omitted: 0, at: window }
        : (JSON.parse(waiting.message) as Extract<Notice, { type: 'digest' }>);
    // The same alert may be told again as an update of its beginning.
    if (
      digest.news.some(({ alert, change }) => alert.alertId === news.alert.alertId && change === news.change)
    ) {
      return;
    }
    const text = JSON.stringify(addToDigest(digest, news));
    if (waiting !== undefined) outbox.rewrite(waiting.itemId, text);
    else if (!outbox.add(sinkId, digestName, text, now(), window + minutes * minuteMs)) {
      // The digest of this time is on its way already: the latecomer goes alone.
      outbox.add(sinkId, name, JSON.stringify({ type: 'alert', ...news }), now(), now());
    }
  }
}
