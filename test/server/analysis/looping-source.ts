import type { AccessUnit } from '../../../streams/access-unit.js';
import { monotonicMs } from '../../../streams/clock.js';
import type { RtpSource, RtpSourceStats } from '../../../streams/rtp-source.js';

/** Plays access units in real time, again and again, with timestamps that go on. Begins stopped. */
export class LoopingSource implements RtpSource {
  readonly codec = 'h264';
  readonly size: { readonly width: number; readonly height: number } | undefined;
  keyframesAsked = 0;
  /** Replaces the next unit by what it returns. */
  spoil: ((unit: AccessUnit) => AccessUnit) | undefined;
  readonly cameraId: string;
  readonly #units: readonly AccessUnit[];
  readonly #fps: number;
  readonly #listeners = new Set<(unit: AccessUnit) => void>();
  #gop: AccessUnit[] = [];
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(cameraId: string, units: readonly AccessUnit[], fps: number) {
    this.cameraId = cameraId;
    this.#units = units;
    this.#fps = fps;
    this.size = units[0];
  }

  /** Units handed out so far. */
  get emitted(): number {
    return this.#next;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      this.step();
    }, 1000 / this.#fps);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Hands out one unit now. */
  step(): void {
    const template = this.#units[this.#next % this.#units.length];
    if (template === undefined) return;
    const extendedTimestamp = Math.round((this.#next * 90_000) / this.#fps);
    const fresh = {
      ...template,
      extendedTimestamp,
      rtpTimestamp: extendedTimestamp % 2 ** 32,
      capturedAtMs: monotonicMs(),
    };
    const unit = this.spoil?.(fresh) ?? fresh;
    this.#next++;
    if (unit.keyframe) this.#gop = [];
    this.#gop.push(unit);
    for (const listener of this.#listeners) listener(unit);
  }

  onPacket(): () => void {
    return () => undefined;
  }

  onAccessUnit(listener: (unit: AccessUnit) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  gopPackets(): readonly Buffer[] {
    return [];
  }

  gopUnits(): readonly AccessUnit[] {
    return this.#gop;
  }

  requestKeyframe(): void {
    this.keyframesAsked++;
  }

  stats(): RtpSourceStats {
    return { packets: 0, bytes: 0, packetsLost: 0, accessUnits: this.#next, accessUnitsDropped: 0 };
  }
}
