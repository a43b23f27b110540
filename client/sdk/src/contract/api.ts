// Made from server/http/api.ts by "npm run interfaces"; change it there.

import type { AnalysisEffort, EngineFacts, FrameAccount } from './messages.js';
import type { CameraView, CountsEvent, PeopleCounts, Visit } from './events.js';
import type { CameraState } from './camera-status.js';

/** RFC 9457 problem document; every error of the API has this shape, `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable, for programs: `camera-not-found`, `invalid-field` … */
  readonly code: string;
  /** Of the request, as in the header `X-Request-Id` and in the log of the server. */
  readonly requestId?: string;
  /** One entry for each bad field: a JSON pointer and the rule it breaks. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** `GET /api/health` */
export interface Health {
  readonly status: 'ok' | 'degraded';
  /** What is wrong, each in one sentence with a remedy; empty when all is well. */
  readonly problems: readonly string[];
  readonly version: string;
  readonly uptimeSeconds: number;
  /** Absent until the first analysis process is ready. */
  readonly engine?: EngineFacts;
  readonly analysis: readonly {
    readonly pid: number;
    readonly state: 'starting' | 'ready' | 'restarting' | 'degraded';
    readonly restarts: number;
    readonly cameras: readonly string[];
    readonly rssBytes: number;
    readonly tensors: number;
    /** Name of the mask classifier that this process runs now; absent while it runs none. */
    readonly classifier?: string;
  }[];
  readonly cameras: readonly {
    readonly id: string;
    readonly state: CameraState;
    readonly analysedFps: number;
    readonly latencyMs: { readonly p50: number; readonly p95: number };
    readonly frames: FrameAccount;
    readonly effort: AnalysisEffort;
    readonly viewers: number;
  }[];
  readonly eventLoopP99Ms: number;
  readonly rssBytes: number;
}

/** `GET /api/cameras` → `{ cameras }`; `POST` and `PATCH` answer one `CameraView`. */
export interface CameraList {
  readonly cameras: readonly CameraView[];
}

/** `POST /api/cameras`; `PATCH /api/cameras/:id` takes any part of it but the id. */
export interface CameraInput {
  /** Lower-case letters, digits and dashes, at most 40; made from the name where absent. */
  readonly id?: string;
  readonly name: string;
  /** `rtsp://`, `rtsps://`, `http://`, `https://`, `file:` or a path; `webcam:` for a browser that publishes over WHIP. */
  readonly url: string;
  readonly transport?: 'tcp' | 'udp';
  /** Over TLS: `verified` by a known authority (where absent or empty), `sha256:…` for this one, or `any`. */
  readonly certificate?: string;
  readonly loop?: boolean;
  readonly fps?: number;
  readonly enabled?: boolean;
  /** Name that cameras of one place share, at most 40 characters; empty for none. */
  readonly group?: string;
}

/** `POST /api/cameras/probe` with `{ url, transport?, certificate? }`. */
export interface ProbeResult {
  readonly ok: boolean;
  /** One line for people: "1280x720, 25 fps, H.264, works" or the reason why not. */
  readonly summary: string;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  readonly codec?: string;
  /** Why it would be transcoded, where it would. */
  readonly transcodedBecause?: string;
}

/**
 * `GET /api/counts?camera=&from=&to=&bucket=minute|hour|day`: people by the minute they were first seen in. `/api/counts.json` is
 * the same as a download, and recorded as an export.
 */
export interface CountsHistory {
  readonly from: number;
  readonly to: number;
  readonly bucket: 'minute' | 'hour' | 'day';
  /** Only buckets in which a camera was watched; a gap is a gap, not a zero. Epoch milliseconds of each start. */
  readonly buckets: readonly {
    readonly at: number;
    readonly cameraId: string;
    readonly people: PeopleCounts;
    readonly compliance: number | null;
    /** In which compliance lies with 95 % confidence, given so many people; null without decided people. */
    readonly interval: readonly [number, number] | null;
    /** Mean and most people in the picture at once; null where that was not recorded. */
    readonly occupancyMean: number | null;
    readonly occupancyMax: number | null;
    /** Seconds of the bucket in which the camera was live. */
    readonly watchedSeconds: number;
  }[];
}

/** `GET /api/counts/now`: the newest counts of each camera, with the cursor at which they were true. */
export interface CountsNow {
  readonly cursor: string;
  readonly cameras: readonly CountsEvent[];
}

/** `GET /api/visits?camera=&from=&to=&limit=&after=`: newest first. */
export interface VisitPage {
  readonly visits: readonly Visit[];
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

/** One mask classifier, as `GET /api/models` shows it. */
export interface ModelView {
  readonly name: string;
  /** With the product, or in the data folder. */
  readonly origin: 'shipped' | 'installed';
  /** True for the one that is chosen; `Health.analysis` tells what each process really runs. */
  readonly active: boolean;
  /** Why it cannot be used, in one sentence; absent where nothing is known against it. */
  readonly problem?: string;
  /** What its manifest says; absent where that cannot be read. */
  readonly facts?: {
    readonly architecture: string;
    readonly parameters: number;
    /** Side of the square input in pixels. */
    readonly inputSize: number;
    readonly classes: readonly string[];
    /** SPDX identifier. */
    readonly licence: string;
    /** What it was trained on, one line a source. */
    readonly data: readonly string[];
    /** ISO 8601. */
    readonly createdAt: string;
    readonly command: string;
  };
  /** Figures on faces kept out of its training; shares of 0..1. */
  readonly test?: {
    readonly faces: number;
    readonly accuracy: number;
    readonly macroRecall: number;
    /** `counts[truth][predicted]`, both in the order of `classes`. */
    readonly confusion: {
      readonly classes: readonly string[];
      readonly counts: readonly (readonly number[])[];
    };
  };
  /** Its card, Markdown, not to be trusted: anyone may have written it. */
  readonly card?: string;
}

/** `GET /api/models`, and the answer to `PUT /api/models/active` with `{ name }` and to `POST /api/models/rollback`. */
export interface ModelList {
  readonly models: readonly ModelView[];
  /** Name of the one that is chosen. */
  readonly active: string;
  /** What ran, newest first; the first one runs. `since` in epoch milliseconds, absent for the configured one. */
  readonly history: readonly { readonly name: string; readonly since?: number }[];
}

/** `GET /api/rtc`: what a browser needs for WHIP and WHEP. */
export interface RtcSettings {
  readonly iceServers: readonly {
    readonly urls: readonly string[];
    readonly username?: string;
    readonly credential?: string;
  }[];
  /** How long a viewer holds its picture back so that the boxes are there in time, in milliseconds. */
  readonly playoutDelayMs: number;
}
