import type { AnalysisEffort, FrameAccount } from '../analysis/messages.js';
import type { CountsNow, Health } from '../http/api.js';
import type { RealtimeStats } from '../realtime/create-realtime.js';
import type { EvidenceStats } from '../evidence/evidence-desk.js';
import type { JournalStats } from '../storage/journal.js';
import type { CameraStatus } from '../../streams/camera-status.js';

/** A camera, as far as metrics care. */
export interface MeasuredCamera {
  readonly id: string;
  readonly status: CameraStatus;
  readonly frames: FrameAccount;
  readonly effort: AnalysisEffort;
}

/** What is read at each scrape; all of it is there already, so that a scrape costs next to nothing. */
export interface MetricSources {
  readonly version: string;
  cameras(): readonly MeasuredCamera[];
  countsNow(): CountsNow['cameras'];
  workers(): Health['analysis'];
  /** The engine that runs the models; undefined until the first process is ready. */
  backend(): string | undefined;
  realtime(): RealtimeStats;
  /** Viewers of video over WHEP, and publishers over WHIP. */
  rtcSessions(): { readonly whep: number; readonly whip: number };
  journal(): JournalStats;
  eventLoopP99Ms(): number;
  /** Bytes free for the server, and all there are, on the disk of the data folder; undefined where that is not known. */
  disk(): Promise<{ readonly freeBytes: number; readonly sizeBytes: number } | undefined>;
  /** Running ffmpegs; undefined where they cannot be counted. */
  ffmpegs(): Promise<number | undefined>;
  /** Sign-ins with a wrong name or password since the start. */
  loginFailures(): number;
  /** Pictures kept with alerts. */
  evidence(): EvidenceStats;
  /** The configuration in force: epoch milliseconds at which it was last read, and whether the file is still good. */
  config(): { readonly readAt: number; readonly fileIsValid: boolean };
}

/** `MetricSources` at one moment. */
export interface Reading {
  readonly sources: MetricSources;
  readonly disk: Awaited<ReturnType<MetricSources['disk']>>;
  readonly ffmpegs: number | undefined;
}
