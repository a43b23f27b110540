// Made from server/realtime/events.ts by "npm run interfaces"; change it there.

import type { Box } from './image.js';
import type { MaskLabel } from './mask-classifier.js';
import type { CameraStatus } from './camera-status.js';

/** People by state. */
export type PeopleCounts = Readonly<Record<MaskLabel, number>>;

/** One face of an overlay. */
export interface OverlayFace {
  readonly trackId: string;
  /** Pixels of the camera's picture (`FrameEvent.width` x `height`). */
  readonly box: Box;
  readonly label: MaskLabel;
  /** 0..1. */
  readonly confidence: number;
  /** False while the track is too young to count. */
  readonly confirmed: boolean;
}

/** The overlay of one analysed frame. Volatile: newest wins, at most two unacknowledged for a client and camera. */
export interface FrameEvent {
  readonly v: 1;
  readonly cameraId: string;
  /** Equals `requestVideoFrameCallback`'s `rtpTimestamp` of the very frame: uint32, 90 kHz. */
  readonly rtpTimestamp: number;
  readonly width: number;
  readonly height: number;
  readonly faces: readonly OverlayFace[];
  /** Milliseconds from the arrival of the frame's first packet to the sending of this event. */
  readonly latencyMs: number;
}

/** What every durable event carries. */
export interface Durable {
  readonly v: 1;
  /** Where to resume: give the last one seen to `subscribe`. Opaque. */
  readonly cursor: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The counts of a camera changed; at most one a second for each camera. */
export interface CountsEvent extends Durable {
  readonly cameraId: string;
  /** Confirmed people in view now. */
  readonly inView: PeopleCounts;
  /** People seen since local midnight, those in view included. */
  readonly today: PeopleCounts;
  /** mask / (mask + no_mask + incorrect), 0..1; null where nobody has a decided state. */
  readonly complianceNow: number | null;
  readonly complianceToday: number | null;
}

/** A person's stay began, changed its state or ended. */
export interface VisitEvent extends Durable {
  readonly visit: Visit;
}

/** One row of the ledger: a person's stay in view. Never a picture, never a descriptor. */
export interface Visit {
  readonly visitId: string;
  readonly cameraId: string;
  /** Epoch milliseconds. */
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly state: MaskLabel;
  readonly confidence: number;
  /** Times the decided state changed. */
  readonly changes: number;
  /** False while the person is still in view. */
  readonly ended: boolean;
}

/** A camera as the API and the events show it; its address carries no credentials. */
export interface CameraView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'rtsp' | 'http' | 'file' | 'webcam';
  /** The address without query, with `***@` for user and password where there are any; empty for a webcam. */
  readonly address: string;
  readonly enabled: boolean;
  readonly demo: boolean;
  readonly transport: 'tcp' | 'udp';
  readonly loop: boolean;
  /** Frames a second to analyse, at most. */
  readonly fps: number;
  /** Name that cameras of one place share; absent where it belongs to none. */
  readonly group?: string;
  /** `any`, or `sha256:` and the one certificate that is taken; absent where an authority must have signed it. */
  readonly certificate?: string;
  /** True where the camera only counts: nobody sees its video or where people are. Absent otherwise. */
  readonly countsOnly?: true;
  readonly status: CameraStatus;
}

/** A camera was added, changed, removed or changed its state. */
export interface CameraEvent extends Durable {
  readonly change: 'added' | 'changed' | 'removed' | 'status';
  readonly camera: CameraView;
}

/** The figures of what is drawn on a camera's picture; at most one event a second for each camera. */
export interface ZonesEvent extends Durable {
  readonly cameraId: string;
  /** Grows when zones are drawn, changed or removed: read them anew then. */
  readonly revision: number;
  readonly areas: readonly AreaFigures[];
  readonly lines: readonly LineFigures[];
}

/** An area now and today. */
export interface AreaFigures {
  readonly zoneId: string;
  readonly name: string;
  /** Confirmed people inside now. */
  readonly inside: PeopleCounts;
  /** People who were inside since local midnight; each counts once a stay in view. */
  readonly today: PeopleCounts;
  readonly complianceNow: number | null;
  readonly complianceToday: number | null;
  /** Mean length of the stays inside that ended today, in seconds; null where there was none. */
  readonly meanDwellSeconds: number | null;
}

/** Crossings of a line since local midnight. */
export interface LineFigures {
  readonly zoneId: string;
  readonly name: string;
  /** From the left to the right hand, looking from the line's first point to its second. */
  readonly forward: PeopleCounts;
  readonly backward: PeopleCounts;
}

/** A picture of the moment in which an alert was raised; it is kept for a while. All times in epoch milliseconds. */
export interface AlertPicture {
  readonly takenAt: number;
  /** Deleted then at the latest. */
  readonly deletedAt: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** True where faces were made unrecognisable before it was written. */
  readonly blurred: boolean;
}

/** What a rule found wrong at one place, for as long as it lasted. */
export interface Alert {
  readonly alertId: string;
  readonly ruleId: string;
  /** As the rule was called then. */
  readonly ruleName: string;
  readonly kind: 'share-unmasked' | 'unmasked-person' | 'occupancy' | 'camera-down';
  readonly severity: 'info' | 'warning' | 'critical';
  readonly cameraId: string;
  readonly cameraName: string;
  /** Absent for the whole picture. */
  readonly zoneId?: string;
  readonly zoneName?: string;
  /** Epoch milliseconds. */
  readonly raisedAt: number;
  /** Absent while it lasts. */
  readonly clearedAt?: number;
  /** Newest and worst value: a share of 0..1, people, or seconds without video, by `kind`. */
  readonly value: number;
  readonly worst: number;
  /** The limit that was passed, in the same unit. */
  readonly limit: number;
  /** People at the place when it was at its worst. */
  readonly people: PeopleCounts;
  /** True when it was raised in quiet hours: it is in the inbox and was told to nobody. */
  readonly quiet: boolean;
  readonly acknowledged?: { readonly at: number; readonly by: string; readonly note: string };
  /** Absent where none is kept, or no longer. */
  readonly picture?: AlertPicture;
}

/** An alert began, became worse, ended, was acknowledged, or got or lost its picture. */
export interface AlertEvent extends Durable {
  readonly change: 'raised' | 'updated' | 'cleared' | 'acknowledged' | 'pictured';
  readonly alert: Alert;
}

/** Durable kinds, numbered and resumable. */
export interface DurableEvents {
  counts: CountsEvent;
  visit: VisitEvent;
  camera: CameraEvent;
  zones: ZonesEvent;
  alert: AlertEvent;
}

/** The name of a durable event. */
export type DurableKind = keyof DurableEvents;

/** The name of any event a client can ask for. */
export type EventKind = DurableKind | 'frame';

/** What a client asks for. */
export interface SubscribeRequest {
  /** Camera ids, or `*` for all, also those added later. */
  readonly cameras: readonly string[] | '*';
  readonly kinds: readonly EventKind[];
  /** The cursor of the last durable event seen; what came after it is sent before anything new. */
  readonly cursor?: string;
}

/** The answer to `subscribe`. */
export type SubscribeReply =
  | {
      readonly ok: true;
      /** Where the stream stands now. */
      readonly cursor: string;
      /** Missed durable events that were just sent. */
      readonly replayed: number;
      /** True when the cursor was unknown or too old, so that events may be missing: read the state afresh by REST. */
      readonly gap: boolean;
    }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** The one map of what the server sends. */
export interface ServerToClientEvents {
  /** The client calls `ack` when it has drawn or discarded the frame: that frees one credit. */
  frame: (event: FrameEvent, ack: () => void) => void;
  counts: (event: CountsEvent) => void;
  visit: (event: VisitEvent) => void;
  camera: (event: CameraEvent) => void;
  zones: (event: ZonesEvent) => void;
  alert: (event: AlertEvent) => void;
}

/** The one map of what clients send. */
export interface ClientToServerEvents {
  /** Replaces the earlier subscription of this socket. */
  subscribe: (request: SubscribeRequest, reply: (answer: SubscribeReply) => void) => void;
}
