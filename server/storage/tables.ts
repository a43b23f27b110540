import type { Generated } from 'kysely';
import type { MaskLabel } from '../../models/mask-classifier.js';
import type { AccountsTable, AuditTable, LinksTable, SessionsTable, TokensTable } from './access-tables.js';
import type {
  AlertRulesTable,
  AlertsTable,
  EvidenceTable,
  OutboxTable,
  SinksTable,
  ZoneMinutesTable,
  ZonesTable,
} from './zone-tables.js';

/** Facts about the database itself: `database_id` is random and part of every cursor. */
export interface MetaTable {
  readonly key: string;
  readonly value: string;
}

/** Settings of one camera. */
export interface CamerasTable {
  readonly id: string;
  readonly name: string;
  /** Without credentials. */
  readonly url: string;
  /** The whole address, sealed by the vault; null where it carries no credentials. */
  readonly access: string | null;
  readonly transport: 'tcp' | 'udp';
  /** 0 or 1. */
  readonly loop: number;
  /** Frames a second to analyse; null takes the configuration's default. */
  readonly fps: number | null;
  /** 0 or 1. */
  readonly enabled: number;
  /** 0 or 1. */
  readonly demo: number;
  /** Null where it belongs to no group. */
  readonly group_name: string | null;
  /** Which certificate of a camera over TLS is taken; null where an authority must have signed it. */
  readonly certificate: string | null;
  /** Epoch milliseconds. */
  readonly created_at: number;
}

/** One person's stay in view. Never a picture, never a descriptor. */
export interface VisitsTable {
  readonly visit_id: string;
  readonly camera_id: string;
  /** Epoch milliseconds. */
  readonly first_seen_at: number;
  readonly last_seen_at: number;
  readonly state: MaskLabel;
  /** 0..1. */
  readonly confidence: number;
  readonly changes: number;
  /** 0 or 1. */
  readonly ended: number;
}

/** People by the minute they were first seen in, and how long the camera was watched in that minute. */
export interface MinuteBucketsTable {
  readonly camera_id: string;
  /** Epoch milliseconds of the minute's start. */
  readonly minute_at: number;
  readonly mask: number;
  readonly no_mask: number;
  readonly incorrect: number;
  readonly unknown: number;
  readonly watched_ms: number;
}

/** The same by the hour or the day of the server's time zone; the database keeps them up to date. */
export interface RolledBucketsTable extends Omit<MinuteBucketsTable, 'minute_at'> {
  /** Epoch milliseconds. */
  readonly starts_at: number;
}

/** Zone minutes by the hour or the day, likewise. */
export interface RolledZonesTable extends Omit<ZoneMinutesTable, 'minute_at'> {
  /** Epoch milliseconds. */
  readonly starts_at: number;
}

/** The durable log that clients resume from. */
export interface EventsTable {
  readonly seq: Generated<number>;
  readonly kind: string;
  readonly camera_id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** JSON of the event without `v`, `cursor` and `at`. */
  readonly payload: string;
}

/** SQLite's own record of the highest number ever given by AUTOINCREMENT. */
export interface SqliteSequenceTable {
  readonly name: string;
  readonly seq: number;
}

/** All tables, as the newest migration leaves them. */
export interface Tables {
  readonly meta: MetaTable;
  readonly cameras: CamerasTable;
  readonly visits: VisitsTable;
  readonly minute_buckets: MinuteBucketsTable;
  readonly hour_buckets: RolledBucketsTable;
  readonly day_buckets: RolledBucketsTable;
  readonly zone_hours: RolledZonesTable;
  readonly zone_days: RolledZonesTable;
  readonly events: EventsTable;
  readonly accounts: AccountsTable;
  readonly sessions: SessionsTable;
  readonly tokens: TokensTable;
  readonly links: LinksTable;
  readonly audit: AuditTable;
  readonly zones: ZonesTable;
  readonly zone_minutes: ZoneMinutesTable;
  readonly alert_rules: AlertRulesTable;
  readonly alerts: AlertsTable;
  readonly evidence: EvidenceTable;
  readonly sinks: SinksTable;
  readonly outbox: OutboxTable;
  readonly sqlite_sequence: SqliteSequenceTable;
}
