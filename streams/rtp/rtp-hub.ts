import type { AccessUnit, VideoCodec } from '../access-unit.js';
import type { RtpSource, RtpSourceStats } from '../rtp-source.js';
import { GopCache } from './gop-cache.js';
import { Upstream, type PacketRejection, type UpstreamStep } from './upstream.js';

/** What a new upstream can do. */
export interface UpstreamOptions {
  /** Asks the sender for a keyframe; absent for senders that cannot be asked, such as cameras. */
  readonly requestKeyframe?: () => void;
}

/** The way in for the packets of one upstream: one run of ffmpeg, one WHIP session. */
export interface RtpIngest {
  /**
   * Takes one RTP packet. Never throws for what is in it: what is no RTP is counted and dropped. The packet is copied,
   * so the buffer may be used again.
   *
   * @param arrivalMs when it arrived, in milliseconds of `monotonicMs()`
   */
  push(packet: Buffer, arrivalMs: number): void;
  /** True after `end()`, and once another upstream has taken this one's place. */
  readonly ended: boolean;
  /** Ends this upstream; later packets are dropped. Idempotent. */
  end(): void;
}

/** Counters of a hub: the contract's, and where packets went that were not handed on. */
export interface RtpHubStats extends RtpSourceStats {
  readonly packetsRejected: Readonly<Record<PacketRejection, number>>;
}

/** A keyframe request sooner than this after the last one is left out, in milliseconds. */
const keyframeIntervalMs = 1000;

/** When a sender gets no packet through for this long, it started over without a word: its numbers are rebased. */
const restartAfterMs = 2000;

interface Current {
  readonly options: UpstreamOptions;
  upstream: Upstream;
  lastAcceptedMs: number | undefined;
}

/**
 * The `RtpSource` of one camera, fed by one upstream after the other. The first upstream's numbers stay as they came;
 * each later one continues the sequence numbers and timestamps of the one before, so viewers stay connected.
 */
export class RtpHub implements RtpSource {
  readonly cameraId: string;
  readonly #clock: () => number;
  readonly #gop = new GopCache();
  readonly #packetListeners = new Set<(packet: Buffer) => void>();
  readonly #unitListeners = new Set<(unit: AccessUnit) => void>();
  readonly #codecListeners = new Set<(codec: VideoCodec) => void>();
  readonly #rejected: Record<PacketRejection, number> = {
    malformed: 0,
    'foreign-ssrc': 0,
    'late-or-duplicate': 0,
    'before-keyframe': 0,
    ended: 0,
  };
  #current: Current | undefined;
  /** Kept after its end: the next one goes on from its position. */
  #newest: Upstream | undefined;
  #codec: VideoCodec | undefined;
  #size: { readonly width: number; readonly height: number } | undefined;
  #keyframeAskedMs = Number.NEGATIVE_INFINITY;
  #packets = 0;
  #bytes = 0;
  #units = 0;
  #lostBefore = 0;
  #droppedBefore = 0;

  /** @param clock milliseconds that never run backwards, such as `monotonicMs` */
  constructor(cameraId: string, clock: () => number) {
    this.cameraId = cameraId;
    this.#clock = clock;
  }

  get codec(): VideoCodec | undefined {
    return this.#codec;
  }

  get size(): { readonly width: number; readonly height: number } | undefined {
    return this.#size;
  }

  /** True when the sender can be asked for a keyframe. */
  get answersKeyframeRequests(): boolean {
    return this.#current?.options.requestKeyframe !== undefined;
  }

  /** Begins a new upstream and ends the one before. Nothing of it is handed on until its first keyframe. */
  begin(codec: VideoCodec, options: UpstreamOptions = {}): RtpIngest {
    const current: Current = { options, upstream: this.#follow(codec), lastAcceptedMs: undefined };
    this.#current = current;
    this.#keyframeAskedMs = Number.NEGATIVE_INFINITY;
    const isCurrent = (): boolean => this.#current === current;
    return {
      push: (packet, arrivalMs) => {
        if (isCurrent()) this.#push(current, packet, arrivalMs);
        else this.#rejected.ended += 1;
      },
      get ended() {
        return !isCurrent();
      },
      end: () => {
        if (isCurrent()) this.#current = undefined;
      },
    };
  }

  onPacket(listener: (packet: Buffer) => void): () => void {
    return subscribe(this.#packetListeners, listener);
  }

  onAccessUnit(listener: (unit: AccessUnit) => void): () => void {
    return subscribe(this.#unitListeners, listener);
  }

  /** Called when packets of another codec than before arrive. Returns the function that ends the subscription. */
  onCodecChange(listener: (codec: VideoCodec) => void): () => void {
    return subscribe(this.#codecListeners, listener);
  }

  gopPackets(): readonly Buffer[] {
    const packets = this.#gop.packets();
    // Packets behind a hole were forwarded already, so a viewer who joins now would miss them.
    return packets.length > 0 && this.#newest !== undefined ? [...packets, ...this.#newest.held()] : packets;
  }

  gopUnits(): readonly AccessUnit[] {
    return this.#gop.units();
  }

  requestKeyframe(): void {
    const ask = this.#current?.options.requestKeyframe;
    const now = this.#clock();
    if (ask === undefined || now - this.#keyframeAskedMs < keyframeIntervalMs) return;
    this.#keyframeAskedMs = now;
    ask();
  }

  stats(): RtpHubStats {
    return {
      packets: this.#packets,
      bytes: this.#bytes,
      packetsLost: this.#lostBefore + (this.#newest?.lost ?? 0),
      accessUnits: this.#units,
      accessUnitsDropped: this.#droppedBefore + (this.#newest?.dropped ?? 0),
      packetsRejected: { ...this.#rejected },
    };
  }

  /** Forgets the cached video: who joins waits for the next keyframe. */
  forgetPictures(): void {
    this.#gop.clear();
  }

  /** Ends the upstream, forgets all listeners and the cached video. Idempotent. */
  close(): void {
    this.#current = undefined;
    this.#packetListeners.clear();
    this.#unitListeners.clear();
    this.#codecListeners.clear();
    this.#gop.clear();
  }

  /** A new upstream that goes on where the newest one stands. */
  #follow(codec: VideoCodec): Upstream {
    const last = this.#newest;
    this.#lostBefore += last?.lost ?? 0;
    this.#droppedBefore += last?.dropped ?? 0;
    this.#newest = new Upstream(codec, last?.position);
    return this.#newest;
  }

  #push(current: Current, packet: Buffer, arrivalMs: number): void {
    this.#packets += 1;
    this.#bytes += packet.length;
    let result = current.upstream.push(packet, arrivalMs);
    if ('rejected' in result && this.#startedOver(current, result.rejected, arrivalMs)) {
      current.upstream = this.#follow(current.upstream.codec);
      current.lastAcceptedMs = undefined;
      result = current.upstream.push(packet, arrivalMs);
    }
    if ('rejected' in result) {
      this.#rejected[result.rejected] += 1;
    } else {
      if (current.lastAcceptedMs === undefined) this.#takeOver(current.upstream.codec);
      current.lastAcceptedMs = arrivalMs;
      for (const listener of this.#packetListeners) listener(result.forward);
      for (const step of result.steps) this.#handOn(step);
    }
    if (current.upstream.needsKeyframe) this.requestKeyframe();
  }

  #startedOver({ lastAcceptedMs }: Current, rejection: PacketRejection, arrivalMs: number): boolean {
    const numbersDiffer = rejection === 'foreign-ssrc' || rejection === 'late-or-duplicate';
    return numbersDiffer && lastAcceptedMs !== undefined && arrivalMs - lastAcceptedMs > restartAfterMs;
  }

  /** The first packet of an upstream: what is cached of the one before is of no use any more. */
  #takeOver(codec: VideoCodec): void {
    this.#gop.clear();
    if (codec === this.#codec) return;
    const isChange = this.#codec !== undefined;
    this.#codec = codec;
    this.#size = undefined;
    if (isChange) for (const listener of this.#codecListeners) listener(codec);
  }

  #handOn({ packet, timestamp, units }: UpstreamStep): void {
    this.#gop.addPacket(packet, timestamp);
    for (const unit of units) {
      this.#gop.addUnit(unit);
      if (unit.keyframe) this.#size = { width: unit.width, height: unit.height };
      this.#units += 1;
      for (const listener of this.#unitListeners) listener(unit);
    }
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
