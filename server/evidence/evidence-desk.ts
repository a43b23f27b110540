import type { AlertRule } from '../http/alert-api.js';
import type { Moment } from '../ledger/ledger-change.js';
import type { Alert, AlertPicture } from '../realtime/events.js';
import type { EvidenceEntry, EvidenceStore } from '../storage/evidence-store.js';
import { type EvidencePolicy, keepUntil, pictureSurplus, wantsPicture } from './evidence-policy.js';
import type { MomentPicture } from './make-picture.js';
import type { PictureFolder } from './picture-folder.js';

/** What a desk stands on. */
export interface EvidenceDeskOptions {
  readonly folder: PictureFolder;
  readonly store: EvidenceStore;
  /** What the site says now. */
  readonly policy: () => EvidencePolicy;
  /** Whether a camera only counts: then there is no picture of it. */
  readonly countsOnly: (cameraId: string) => boolean;
  /** Makes a picture of a camera's newest analysed frame. @throws Error saying why there is none */
  readonly picture: (cameraId: string, blur: boolean) => Promise<MomentPicture>;
  /** Says at an alert that a picture is kept with it, or no longer. */
  readonly show: (alertId: string, picture: AlertPicture | undefined) => void;
  /** Both clocks at once. */
  readonly now: () => Moment;
  readonly log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** Counters since the start, and what is kept now. */
export interface EvidenceStats {
  readonly pictures: number;
  readonly bytes: number;
  readonly taken: number;
  /** Pictures that an alert was to have and has not, by reason: others were being made, or it could not be made or written. */
  readonly missed: { readonly busy: number; readonly failed: number };
  /** Files that were deleted and seen to be gone. */
  readonly deleted: number;
  readonly deletionFailures: number;
}

/** Pictures being made at once. */
const mostUnderWay = 8;

/** Keeps one picture with an alert, for as long as the site says and not longer. */
export class EvidenceDesk {
  readonly #options: EvidenceDeskOptions;
  readonly #underWay = new Set<Promise<void>>();
  /** Files that could not be deleted, with the reason. */
  readonly #stuck = new Map<string, string>();
  readonly #counts = { taken: 0, busy: 0, failed: 0, deleted: 0, deletionFailures: 0 };
  #earlier = Number.NEGATIVE_INFINITY;
  #turn: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: EvidenceDeskOptions) {
    this.#options = options;
  }

  /** An alert was raised: keeps a picture with it where rule and site say so. Returns at once. */
  raised(alert: Alert, rule: AlertRule): void {
    const { policy, countsOnly, log } = this.#options;
    if (this.#closed || !wantsPicture(policy(), rule, alert.kind) || countsOnly(alert.cameraId)) return;
    if (this.#underWay.size >= mostUnderWay) {
      this.#counts.busy++;
      return;
    }
    const work = this.#take(alert)
      .catch((error: unknown) => {
        this.#counts.failed++;
        log.warn({ alertId: alert.alertId, cameraId: alert.cameraId, err: error }, 'no picture of an alert');
      })
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  /** The camera that a picture shows; undefined when none is kept with this alert. */
  cameraOf(alertId: string): string | undefined {
    return this.#options.store.get(alertId)?.cameraId;
  }

  /** @returns the JPEG; undefined when none is kept with this alert */
  async read(alertId: string): Promise<Buffer | undefined> {
    return this.#options.store.get(alertId) === undefined ? undefined : this.#options.folder.read(alertId);
  }

  /** Removes files that no alert knows of, and forgets pictures whose file is gone; for the start. */
  recover(): Promise<void> {
    return this.#inTurn(async () => {
      const { folder, store, show } = this.#options;
      const known = new Set(store.list().map(({ alertId }) => alertId));
      for (const { name, alertId } of await folder.names()) {
        if (alertId === undefined || !known.delete(alertId)) await this.#removeFile(name);
      }
      for (const alertId of known) {
        store.remove(alertId);
        show(alertId, undefined);
      }
    });
  }

  /**
   * Deletes what is not to be kept any longer. The wall clock must have stood past a picture's time for two calls in a row, so that
   * one wrong reading deletes nothing.
   */
  sweep(): Promise<void> {
    return this.#inTurn(async () => {
      const { store, policy, countsOnly, now } = this.#options;
      const at = now().epochMs;
      const limit = Math.min(at, this.#earlier);
      this.#earlier = at;
      for (const name of [...this.#stuck.keys()]) {
        const entry = store.get(name.replace(/\.jpg$/, ''));
        await (entry === undefined ? this.#removeFile(name) : this.#remove(entry));
      }
      const kept = store.list().filter(({ alertId }) => !this.#stuck.has(`${alertId}.jpg`));
      const surplus = new Set(pictureSurplus(policy(), kept, limit));
      for (const entry of kept) {
        if (surplus.has(entry) || countsOnly(entry.cameraId)) await this.#remove(entry);
      }
    });
  }

  /** The camera was removed: so are its pictures. */
  forget(cameraId: string): Promise<void> {
    return this.#inTurn(async () => {
      for (const entry of this.#options.store.list())
        if (entry.cameraId === cameraId) await this.#remove(entry);
    });
  }

  /** What is wrong now, each in one sentence; empty when all is well. */
  get problems(): readonly string[] {
    if (this.#stuck.size === 0) return [];
    const [reason] = this.#stuck.values();
    return [
      `${this.#stuck.size} pictures of alerts could not be deleted (${reason}). Delete them by hand; it is tried again every minute.`,
    ];
  }

  stats(): EvidenceStats {
    const kept = this.#options.store.list();
    const { taken, busy, failed, deleted, deletionFailures } = this.#counts;
    return {
      pictures: kept.length,
      bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
      ...{ taken, missed: { busy, failed }, deleted, deletionFailures },
    };
  }

  /** Lets what is under way come to its end; idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#underWay);
    await this.#turn;
  }

  async #take({ alertId, cameraId }: Alert): Promise<void> {
    const { folder, store, policy, countsOnly, show, now } = this.#options;
    const { blur } = policy();
    const { jpeg, width, height, capturedAtMs } = await this.#options.picture(cameraId, blur);
    await this.#inTurn(async () => {
      // The site may have said otherwise meanwhile.
      if (!policy().enabled || countsOnly(cameraId) || (policy().blur && !blur)) return;
      const { epochMs, monotonicMs } = now();
      const takenAt = Math.round(epochMs - Math.max(0, monotonicMs - capturedAtMs));
      const entry = {
        alertId,
        cameraId,
        takenAt,
        keepUntil: keepUntil(policy(), takenAt),
        bytes: jpeg.length,
      };
      // Known before it is written: whatever happens, no file is there that nobody knows of.
      store.put(entry);
      try {
        await folder.write(alertId, jpeg);
      } catch (error) {
        await this.#remove(entry);
        throw error;
      }
      this.#counts.taken++;
      show(alertId, { takenAt, deletedAt: entry.keepUntil, width, height, blurred: blur });
      for (const surplus of pictureSurplus(policy(), store.list(), Number.NEGATIVE_INFINITY)) {
        await this.#remove(surplus);
      }
    });
  }

  async #remove({ alertId }: EvidenceEntry): Promise<void> {
    const { store, show } = this.#options;
    if (!(await this.#removeFile(`${alertId}.jpg`))) return;
    store.remove(alertId);
    show(alertId, undefined);
  }

  /** Deletes a file and looks whether it is gone. @returns false when it is not */
  async #removeFile(name: string): Promise<boolean> {
    const { folder, log } = this.#options;
    try {
      await folder.removeFile(name);
      this.#counts.deleted++;
      this.#stuck.delete(name);
      return true;
    } catch (error) {
      this.#counts.deletionFailures++;
      this.#stuck.set(name, error instanceof Error ? error.message : String(error));
      log.error({ file: name, err: error }, 'a picture of an alert could not be deleted');
      return false;
    }
  }

  /** One change of the folder after the other. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
