import type { Alert } from '../realtime/events.js';
import type { Database } from './open-database.js';

/** Which alerts to list, newest first. */
export interface AlertQuery {
  /** Only of these cameras; all where absent. */
  readonly cameras?: readonly string[];
  readonly severity?: Alert['severity'];
  /** `open`: lasting. `unseen`: not acknowledged. */
  readonly state?: 'open' | 'cleared' | 'unseen';
  readonly limit: number;
  /** The last alert of the page before. */
  readonly after?: { readonly raisedAt: number; readonly alertId: string };
}

/** The inbox. */
export interface AlertStore {
  put(alert: Alert): void;
  get(alertId: string): Alert | undefined;
  list(query: AlertQuery): Alert[];
  /** Alerts that last. */
  open(): Alert[];
  /** Alerts that nobody has acknowledged, of these cameras or of all. */
  countUnseen(cameras?: readonly string[]): number;
  /** Alerts raised in a span of time in epoch milliseconds, `to` excluded, by severity; of these cameras or of all. */
  countRaised(from: number, to: number, cameras?: readonly string[]): Record<Alert['severity'], number>;
}

/** Makes the store over a database. */
export function createAlertStore(db: Database): AlertStore {
  return {
    put: (alert) => {
      const row = {
        alert_id: alert.alertId,
        rule_id: alert.ruleId,
        camera_id: alert.cameraId,
        severity: alert.severity,
        raised_at: Math.round(alert.raisedAt),
        cleared_at: alert.clearedAt === undefined ? null : Math.round(alert.clearedAt),
        acknowledged_at: alert.acknowledged === undefined ? null : Math.round(alert.acknowledged.at),
        alert: JSON.stringify(alert),
      };
      db.run(
        db.build
          .insertInto('alerts')
          .values(row)
          .onConflict((conflict) => conflict.column('alert_id').doUpdateSet(row)),
      );
    },
    get: (alertId) => {
      const row = db.first(db.build.selectFrom('alerts').select('alert').where('alert_id', '=', alertId));
      return row === undefined ? undefined : parsed(row);
    },
    list: ({ cameras, severity, state, limit, after }) => {
      let query = db.build
        .selectFrom('alerts')
        .select('alert')
        .orderBy('raised_at', 'desc')
        .orderBy('alert_id', 'desc')
        .limit(limit);
      if (cameras !== undefined) query = query.where('camera_id', 'in', cameras);
      if (severity !== undefined) query = query.where('severity', '=', severity);
      if (state === 'open') query = query.where('cleared_at', 'is', null);
      if (state === 'cleared') query = query.where('cleared_at', 'is not', null);
      if (state === 'unseen') query = query.where('acknowledged_at', 'is', null);
      if (after !== undefined) {
        query = query.where((is) =>
          is(is.refTuple('raised_at', 'alert_id'), '<', is.tuple(after.raisedAt, after.alertId)),
        );
      }
      return db.all(query).map(parsed);
    },
    open: () =>
      db.all(db.build.selectFrom('alerts').select('alert').where('cleared_at', 'is', null)).map(parsed),
    countUnseen: (cameras) => {
      let query = db.build
        .selectFrom('alerts')
        .select(({ fn }) => fn.countAll<number>().as('alerts'))
        .where('acknowledged_at', 'is', null);
      if (cameras !== undefined) query = query.where('camera_id', 'in', cameras);
      return db.first(query)?.alerts ?? 0;
    },
    countRaised: (from, to, cameras) => {
      let query = db.build
        .selectFrom('alerts')
        .select(({ fn }) => ['severity', fn.countAll<number>().as('alerts')])
        .where('raised_at', '>=', from)
        .where('raised_at', '<', to)
        .groupBy('severity');
      if (cameras !== undefined) query = query.where('camera_id', 'in', cameras);
      const counts = { info: 0, warning: 0, critical: 0 };
      for (const { severity, alerts } of db.all(query)) {
        if (severity in counts) counts[severity as Alert['severity']] = alerts;
      }
      return counts;
    },
  };
}

function parsed({ alert }: { readonly alert: string }): Alert {
  return JSON.parse(alert) as Alert;
}
