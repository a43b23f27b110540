import type { Generated } from 'kysely';

/** What is drawn on a camera's picture. */
export interface ZonesTable {
  readonly camera_id: string;
  readonly zone_id: string;
  /** Order in the list. */
  readonly place: number;
  readonly name: string;
  readonly kind: 'area' | 'line' | 'privacy';
  readonly anchor: 'centre' | 'bottom';
  /** JSON: a list of `{ x, y }`, 0..1. */
  readonly points: string;
}

/** One minute of an area, or of one direction over a line. */
export interface ZoneMinutesTable {
  readonly camera_id: string;
  /** Empty for the whole picture. */
  readonly zone_id: string;
  readonly flow: 'entered' | 'forward' | 'backward';
  /** Epoch milliseconds of the minute's start. */
  readonly minute_at: number;
  /** People who entered or crossed in this minute, by state. */
  readonly mask: number;
  readonly no_mask: number;
  readonly incorrect: number;
  readonly unknown: number;
  /** People times time inside. */
  readonly occupancy_ms: number;
  /** Most people inside at once. */
  readonly occupancy_max: number;
  /** Length of the stays that ended in this minute, and their number. */
  readonly dwell_ms: number;
  readonly stays: number;
  /** How long the camera was watched. */
  readonly watched_ms: number;
}

/** An alert rule. */
export interface AlertRulesTable {
  readonly rule_id: string;
  /** Epoch milliseconds. */
  readonly created_at: number;
  /** JSON of the rule without its id. */
  readonly definition: string;
}

/** An alert of the inbox: what is searched by, and the whole as JSON. */
export interface AlertsTable {
  readonly alert_id: string;
  readonly rule_id: string;
  readonly camera_id: string;
  readonly severity: string;
  /** Epoch milliseconds. */
  readonly raised_at: number;
  readonly cleared_at: number | null;
  readonly acknowledged_at: number | null;
  readonly alert: string;
}

/** A picture that is kept with an alert, as a file of its own. */
export interface EvidenceTable {
  readonly alert_id: string;
  readonly camera_id: string;
  /** Epoch milliseconds. */
  readonly taken_at: number;
  readonly keep_until: number;
  readonly bytes: number;
}

/** Where news goes. */
export interface SinksTable {
  readonly sink_id: string;
  readonly created_at: number;
  readonly name: string;
  readonly kind: 'webhook' | 'mqtt' | 'email';
  /** 0 or 1. */
  readonly enabled: number;
  /** JSON without secrets. */
  readonly settings: string;
  /** Sealed. */
  readonly secret: string | null;
}

/** A message for one sink. */
export interface OutboxTable {
  readonly item_id: Generated<number>;
  readonly sink_id: string;
  /** What it tells of: unique for a sink. */
  readonly news: string;
  readonly state: 'waiting' | 'sent' | 'dead';
  /** Epoch milliseconds. */
  readonly created_at: number;
  /** Not before, epoch milliseconds. */
  readonly due_at: number;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly finished_at: number | null;
  /** JSON. */
  readonly message: string;
}
