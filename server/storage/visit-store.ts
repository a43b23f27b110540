import type { MaskLabel } from '../../models/mask-classifier.js';
import type { PeopleCounts, Visit } from '../realtime/events.js';
import type { Database } from './open-database.js';
import type { VisitsTable } from './tables.js';

/** Which visits to list, newest first. */
export interface VisitQuery {
  /** All cameras where absent. */
  readonly camera?: string;
  /** Only these cameras, where given. */
  readonly cameras?: readonly string[];
  /** First seen at or after, epoch milliseconds. */
  readonly from: number;
  /** First seen before, epoch milliseconds. */
  readonly to: number;
  readonly limit: number;
  /** The last visit of the page before. */
  readonly after?: { readonly firstSeenAt: number; readonly visitId: string };
}

/** The rows of people's stays. */
export interface VisitStore {
  /** Inserts a visit or replaces what may change of it. */
  put(visit: Visit): void;
  list(query: VisitQuery): Visit[];
  /** Visits that no running server has closed. */
  open(): Visit[];
  /** Ended visits of people seen in a span of time, by camera and last state. Times in epoch milliseconds. */
  countEnded(from: number, to: number): ReadonlyMap<string, PeopleCounts>;
}

/** Makes the store over a database. */
export function createVisitStore(db: Database): VisitStore {
  return {
    put: (visit) => {
      const row = toRow(visit);
      const { last_seen_at, state, confidence, changes, ended } = row;
      db.run(
        db.build
          .insertInto('visits')
          .values(row)
          .onConflict((conflict) =>
            conflict.column('visit_id').doUpdateSet({ last_seen_at, state, confidence, changes, ended }),
          ),
      );
    },
    list: ({ camera, cameras, from, to, limit, after }) => {
      let query = db.build
        .selectFrom('visits')
        .selectAll()
        .where('first_seen_at', '>=', from)
        .where('first_seen_at', '<', to)
        .orderBy('first_seen_at', 'desc')
        .orderBy('visit_id', 'desc')
        .limit(limit);
      if (camera !== undefined) query = query.where('camera_id', '=', camera);
      if (cameras !== undefined) query = query.where('camera_id', 'in', cameras);
      if (after !== undefined) {
        query = query.where((is) =>
          is(is.refTuple('first_seen_at', 'visit_id'), '<', is.tuple(after.firstSeenAt, after.visitId)),
        );
      }
      return db.all(query).map(toVisit);
    },
    open: () => db.all(db.build.selectFrom('visits').selectAll().where('ended', '=', 0)).map(toVisit),
    countEnded: (from, to) => {
      const rows = db.all(
        db.build
          .selectFrom('visits')
          .select(({ fn }) => ['camera_id', 'state', fn.countAll<number>().as('people')])
          .where('ended', '=', 1)
          .where('last_seen_at', '>=', from)
          .where('first_seen_at', '<', to)
          .groupBy(['camera_id', 'state']),
      );
      const counts = new Map<string, Record<MaskLabel, number>>();
      for (const { camera_id, state, people } of rows) {
        const camera = counts.get(camera_id) ?? { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };
        camera[state] = people;
        counts.set(camera_id, camera);
      }
      return counts;
    },
  };
}

function toRow(visit: Visit): VisitsTable {
  return {
    visit_id: visit.visitId,
    camera_id: visit.cameraId,
    first_seen_at: Math.round(visit.firstSeenAt),
    last_seen_at: Math.round(Math.max(visit.firstSeenAt, visit.lastSeenAt)),
    state: visit.state,
    confidence: visit.confidence,
    changes: visit.changes,
    ended: visit.ended ? 1 : 0,
  };
}

function toVisit(row: VisitsTable): Visit {
  return {
    visitId: row.visit_id,
    cameraId: row.camera_id,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    state: row.state,
    confidence: row.confidence,
    changes: row.changes,
    ended: row.ended === 1,
  };
}
