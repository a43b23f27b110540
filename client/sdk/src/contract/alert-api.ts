// Made from server/http/alert-api.ts by "npm run interfaces"; change it there.

import type { Alert } from './events.js';

/** When a rule tells nobody: its alerts are in the inbox all the same. */
export interface QuietHours {
  /** `HH:MM`, local to the time zone; an end before the start is on the next day. */
  readonly from: string;
  readonly to: string;
  /** Days on which quiet hours begin: 0 is Sunday; every day where absent. */
  readonly days?: readonly number[];
  /** IANA name, such as `Europe/Madrid`. */
  readonly timeZone: string;
}

/** What a rule watches for. Shares are 0..1, durations whole seconds. */
export type AlertCondition =
  | {
      readonly kind: 'share-unmasked';
      /** More than this share of people with a decided state go unmasked. */
      readonly share: number;
      /** Cleared at or below this share; nine tenths of `share` where absent. */
      readonly clearShare?: number;
      /** At least this many people with a decided state. */
      readonly atLeastPeople: number;
      /** People of the last so many seconds are looked at; 0 for those inside now. */
      readonly windowSeconds: number;
      readonly forSeconds: number;
    }
  | { readonly kind: 'unmasked-person'; readonly forSeconds: number }
  | {
      readonly kind: 'occupancy';
      /** More people than this. */
      readonly limit: number;
      /** Cleared at or below this; `limit` where absent. */
      readonly clearLimit?: number;
      readonly forSeconds: number;
    }
  | { readonly kind: 'camera-down'; readonly forSeconds: number };

/** A rule without its id: the body of `POST /api/alert-rules` and `PUT /api/alert-rules/:id`. */
export interface AlertRuleInput {
  readonly name: string;
  readonly enabled: boolean;
  readonly severity: Alert['severity'];
  /** A camera's id, or `*` for each camera by itself. */
  readonly cameraId: string;
  /** An area of that camera; the whole picture where absent. */
  readonly zoneId?: string;
  readonly condition: AlertCondition;
  /** Whether a mask worn wrong counts as no mask. `unknown` never does. */
  readonly incorrectCounts: boolean;
  /** The condition must be gone for so long before the alert is cleared. */
  readonly clearAfterSeconds: number;
  /** After an alert that was told, the next one of the same place comes so much later at the earliest. */
  readonly cooldownSeconds: number;
  readonly quietHours?: QuietHours;
  /** 0 tells at once; else everything of so many minutes goes out in one message. */
  readonly digestMinutes: number;
  /** Ids of the sinks that are told; `*` for all, also later ones. */
  readonly sinks: readonly string[] | '*';
  /** Whether a picture of the moment is kept with its alerts, where the site allows any; no where absent. */
  readonly picture?: boolean;
}

/** A stored rule. */
export interface AlertRule extends AlertRuleInput {
  readonly ruleId: string;
}

/** `GET /api/alert-rules` */
export interface AlertRuleList {
  readonly rules: readonly AlertRule[];
}

/** `GET /api/alerts?camera=&severity=&state=open|cleared|unseen&limit=&after=`: newest first. */
export interface AlertPage {
  readonly alerts: readonly Alert[];
  /** Alerts that nobody has acknowledged. */
  readonly unseen: number;
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
}
