import { monotonicMs } from '../clock.js';
import type { CameraStatus } from '../camera-status.js';
import type { RtpIngest } from '../rtp/rtp-hub.js';
import { RtpHub } from '../rtp/rtp-hub.js';
import { LoopbackRelay } from '../relay/loopback-relay.js';
import type { SourceRelay } from '../relay/source-relay.js';
import type { CameraConfig } from './camera-config.js';
import { cameraFeed } from './camera-feed.js';
import { CameraError } from './camera-error.js';
import type { CameraLimits } from './camera-limits.js';
import type { Camera, CameraRegistry, Publisher } from './camera-registry.js';
import type { Feed } from './feed.js';
import { StartSlots } from './start-slots.js';
import type { SupervisorTime } from './supervisor.js';
import { CameraSupervisor } from './supervisor.js';
import { Webcam } from './webcam.js';

interface Entry {
  config: CameraConfig;
  readonly hub: RtpHub;
  /** `undefined` while the camera is disabled, or stopped to be opened anew. */
  runner: CameraSupervisor | Webcam | undefined;
  status: CameraStatus;
  /** Changes of one camera happen one after the other. */
  busy: Promise<void>;
}

const realTime: SupervisorTime = {
  now: monotonicMs,
  epoch: Date.now,
  random: Math.random,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

const disabled: CameraStatus = { state: 'stopped', reason: 'disabled', reconnects: 0 };

/** The registry: one hub and one runner for each camera. */
export class SupervisedCameras implements CameraRegistry {
  readonly #limits: CameraLimits;
  readonly #feedOf: (config: CameraConfig) => Feed | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(cameraId: string, status: CameraStatus) => void>();
  readonly #slots: StartSlots;
  readonly #relay: SourceRelay;
  readonly #ownsRelay: boolean;
  #closing: Promise<void> | undefined;

  constructor(limits: CameraLimits, feedOf?: (config: CameraConfig) => Feed, relay?: SourceRelay) {
    this.#limits = limits;
    this.#relay = relay ?? new LoopbackRelay();
    this.#ownsRelay = relay === undefined;
    this.#slots = new StartSlots(limits.startSpacingMs);
    this.#feedOf = (config) => {
      const { kind } = config;
      if (kind === 'webcam') return undefined;
      return (
        feedOf?.(config) ??
        cameraFeed({ ...config, kind }, config.loop, {
          relay: this.#relay,
          connectTimeoutMs: limits.connectMs,
          killAfterMs: limits.killAfterMs,
          privacy: config.privacy,
        })
      );
    };
  }

  add(config: CameraConfig): Camera {
    this.#refuseWhenClosed();
    if (this.#entries.has(config.id)) {
      throw new CameraError('duplicate-camera', `there is a camera "${config.id}" already`);
    }
    const entry: Entry = {
      config,
      hub: new RtpHub(config.id, monotonicMs),
      runner: undefined,
      status: disabled,
      busy: Promise.resolve(),
    };
    this.#entries.set(config.id, entry);
    this.#start(entry);
    return view(entry);
  }

  async change(config: CameraConfig): Promise<Camera> {
    this.#refuseWhenClosed();
    const entry = this.#entryOf(config.id);
    const earlier = entry.config;
    entry.config = config;
    if (opensTheSame(earlier, config)) return view(entry);
    await this.#inTurn(entry, async () => {
      await entry.runner?.stop(config.enabled ? 'opened anew' : 'disabled');
      entry.runner = undefined;
      // Whoever joins now must not be shown what is private from now on.
      if (!samePrivacy(earlier, config)) entry.hub.forgetPictures();
      if (this.#entries.get(config.id) === entry) this.#start(entry);
    });
    return view(entry);
  }

  async remove(id: string): Promise<boolean> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#entries.delete(id);
    await this.#inTurn(entry, async () => {
      await entry.runner?.stop('removed');
      entry.hub.close();
    });
    return true;
  }

  get(id: string): Camera | undefined {
    const entry = this.#entries.get(id);
    return entry === undefined ? undefined : view(entry);
  }

  list(): readonly Camera[] {
    return [...this.#entries.values()].map(view);
  }

  onStatus(listener: (cameraId: string, status: CameraStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  attachPublisher(id: string, publisher: Publisher): RtpIngest {
    this.#refuseWhenClosed();
    const { config, runner } = this.#entryOf(id);
    if (config.kind !== 'webcam') throw new CameraError('no-webcam', `camera "${id}" is no webcam`);
    if (!(runner instanceof Webcam)) throw new CameraError('camera-disabled', `camera "${id}" is disabled`);
    return runner.attach(publisher);
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all([...this.#entries.keys()].map((id) => this.remove(id))).then(async () => {
      this.#listeners.clear();
      if (this.#ownsRelay) await this.#relay.close();
    });
    return this.#closing;
  }

  #start(entry: Entry): void {
    if (!entry.config.enabled) {
      this.#show(entry, disabled);
      return;
    }
    const onStatus = (status: CameraStatus): void => {
      this.#show(entry, status);
    };
    const feed = this.#feedOf(entry.config);
    if (feed === undefined) {
      const { privacy } = entry.config;
      entry.runner = new Webcam(entry.hub, { ...this.#limits, privacy }, realTime, onStatus);
      this.#show(entry, entry.runner.status);
    } else {
      const supervisor = new CameraSupervisor(feed, entry.hub, this.#limits, realTime, onStatus);
      entry.runner = supervisor;
      supervisor.start(this.#slots.take(realTime.now(), realTime.random()));
    }
  }

  #show(entry: Entry, status: CameraStatus): void {
    entry.status = status;
    // The last words of a removed camera would look like news of one that is there.
    if (this.#entries.get(entry.config.id) !== entry) return;
    for (const listener of this.#listeners) listener(entry.config.id, status);
  }

  #inTurn(entry: Entry, task: () => Promise<void>): Promise<void> {
    entry.busy = entry.busy.then(task);
    return entry.busy;
  }

  #entryOf(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new CameraError('unknown-camera', `there is no camera "${id}"`);
    return entry;
  }

  #refuseWhenClosed(): void {
    if (this.#closing !== undefined) throw new CameraError('closed', 'the server is stopping');
  }
}

function view({ config, hub, status }: Entry): Camera {
  return { config, source: hub, status };
}

/** Whether two settings lead to the same video, so that the source can stay open. */
function opensTheSame(a: CameraConfig, b: CameraConfig): boolean {
  return (
    a.kind === b.kind &&
    a.url === b.url &&
    sameAccess(a.access, b.access) &&
    a.transport === b.transport &&
    a.certificate === b.certificate &&
    a.loop === b.loop &&
    a.enabled === b.enabled &&
    samePrivacy(a, b)
  );
}

function samePrivacy(a: CameraConfig, b: CameraConfig): boolean {
  return JSON.stringify(a.privacy) === JSON.stringify(b.privacy);
}

function sameAccess(a: CameraConfig['access'], b: CameraConfig['access']): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}
