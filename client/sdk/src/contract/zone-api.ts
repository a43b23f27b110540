// Made from server/http/zone-api.ts by "npm run interfaces"; change it there.

import type { ZonesEvent } from './events.js';
import type { Point } from './geometry.js';

/** `area`: people in it are counted. `line`: people who cross it are counted. `privacy`: blacked out for everybody. */
export type ZoneKind = 'area' | 'line' | 'privacy';

/** One thing drawn on a camera's picture. */
export interface Zone {
  /** Lower-case letters, digits and dashes, at most 40; unique for the camera. */
  readonly id: string;
  readonly name: string;
  readonly kind: ZoneKind;
  /** A polygon of 3 to 32 points without crossing itself; for a line its two ends. */
  readonly points: readonly Point[];
  /** Which point of a face's box is looked at: its centre, or the middle of its lower edge. */
  readonly anchor: 'centre' | 'bottom';
}

/** `GET` and `PUT /api/cameras/:id/zones`: everything drawn on a camera. */
export interface ZoneList {
  readonly cameraId: string;
  /** Grows with each change. */
  readonly revision: number;
  readonly zones: readonly Zone[];
}

/** One zone of `PUT /api/cameras/:id/zones`; what is left out of the list is removed. */
export interface ZoneInput {
  /** Made from the name where absent; give it to keep the figures of a zone. */
  readonly id?: string;
  readonly name: string;
  readonly kind: ZoneKind;
  readonly points: readonly Point[];
  readonly anchor?: 'centre' | 'bottom';
}

/** `GET /api/zones/now`: the newest figures of each camera that has zones, with the cursor at which they were true. */
export interface ZonesNow {
  readonly cursor: string;
  readonly cameras: readonly ZonesEvent[];
}
