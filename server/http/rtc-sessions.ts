import { randomBytes } from 'node:crypto';
import { type Caller, type Ground, restsOn } from '../access/caller.js';
import { ProblemError } from './problem-error.js';

/** One WebRTC connection, as far as signalling cares. */
export interface RtcSession {
  readonly answerSdp: string;
  /** Resolves when the session is over, for whatever reason. */
  readonly closed: Promise<unknown>;
  close(): Promise<void>;
}

/** Makes sessions; a refusal is an error with a `code` (see `rtcProblem`). */
export interface RtcDoor {
  /** WHIP: takes a browser's video for a webcam. */
  publish(cameraId: string, offerSdp: string): Promise<RtcSession>;
  /** WHEP: shows a camera to a browser. */
  view(cameraId: string, offerSdp: string): Promise<RtcSession>;
}

/** Sessions at once; those still being set up count. */
export interface RtcLimits {
  readonly publishers: number;
  readonly viewers: number;
  readonly viewersOfOneCamera: number;
}

/** The two protocols. */
export type RtcProtocol = 'whip' | 'whep';

interface Entry {
  readonly protocol: RtcProtocol;
  readonly cameraId: string;
  readonly owner: Caller;
  session: RtcSession | undefined;
}

/** Owns the WebRTC sessions that came by WHIP and WHEP, each known by an address that nobody can guess. */
export class RtcSessions {
  readonly #entries = new Map<string, Entry>();
  #closed = false;

  constructor(
    readonly door: RtcDoor,
    readonly limits: RtcLimits = { publishers: 32, viewers: 200, viewersOfOneCamera: 100 },
  ) {}

  /**
   * Answers an offer.
   *
   * @param owner who alone may end it again, and with whose access it ends
   * @returns the id of the session, 192 random bits, and the answer
   * @throws ProblemError 429 at a limit; whatever the door throws
   */
  async open(
    protocol: RtcProtocol,
    cameraId: string,
    offerSdp: string,
    owner: Caller,
  ): Promise<{ id: string; answerSdp: string }> {
    if (this.#closed) throw new ProblemError(503, 'closing', 'The server is stopping.');
    this.#checkLimits(protocol, cameraId);
    const id = randomBytes(24).toString('base64url');
    const entry: Entry = { protocol, cameraId, owner, session: undefined };
    this.#entries.set(id, entry);
    try {
      const session = await this.door[protocol === 'whip' ? 'publish' : 'view'](cameraId, offerSdp);
      entry.session = session;
      void session.closed.finally(() => this.#entries.delete(id));
      if (!this.#entries.has(id)) {
        // Ended while it was being set up: the server stops, the camera went, or the access did.
        await session.close();
        throw new ProblemError(503, 'closing', 'The session was ended while it was set up.');
      }
      return { id, answerSdp: session.answerSdp };
    } catch (error) {
      this.#entries.delete(id);
      throw error;
    }
  }

  /** Ends a session. @returns false when this camera has none of this id and protocol that the caller may end */
  async end(protocol: RtcProtocol, cameraId: string, id: string, caller: Caller): Promise<boolean> {
    const entry = this.#entries.get(id);
    if (entry?.session === undefined || entry.protocol !== protocol || entry.cameraId !== cameraId)
      return false;
    if (!caller.may.has('admin') && !sameAccess(caller, entry.owner)) return false;
    this.#entries.delete(id);
    await entry.session.close();
    return true;
  }

  /** Ends every session of a camera that is removed. */
  async endOfCamera(cameraId: string): Promise<void> {
    await this.#endAll((entry) => entry.cameraId === cameraId);
  }

  /** Ends the session of everybody who watches a camera. */
  async endWatching(cameraId: string): Promise<void> {
    await this.#endAll((entry) => entry.protocol === 'whep' && entry.cameraId === cameraId);
  }

  /** Ends every session whose owner's access rested on what has ended. */
  async endOf(ground: Ground, id: string): Promise<void> {
    await this.#endAll(({ owner }) => restsOn(owner, ground, id));
  }

  /** Sessions now; with a camera id only that camera's. */
  count(protocol: RtcProtocol, cameraId?: string): number {
    let count = 0;
    for (const entry of this.#entries.values()) {
      if (entry.protocol === protocol && (cameraId === undefined || entry.cameraId === cameraId)) count++;
    }
    return count;
  }

  /** Ends all sessions and takes no more; idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#endAll(() => true);
  }

  #checkLimits(protocol: RtcProtocol, cameraId: string): void {
    const { publishers, viewers, viewersOfOneCamera } = this.limits;
    const full =
      protocol === 'whip'
        ? this.count('whip') >= publishers
        : this.count('whep') >= viewers || this.count('whep', cameraId) >= viewersOfOneCamera;
    if (full) throw new ProblemError(429, 'too-many-sessions', 'Too many are connected now.', undefined, 5);
  }

  async #endAll(chosen: (entry: Entry) => boolean): Promise<void> {
    const ending = [...this.#entries].filter(([, entry]) => chosen(entry));
    await Promise.all(
      ending.map(async ([id, { session }]) => {
        this.#entries.delete(id);
        await session?.close();
      }),
    );
  }
}

/** Whether two callers come by the same account, token, link or place. */
function sameAccess(a: Caller, b: Caller): boolean {
  const grounds = ['account', 'token', 'link', 'local'] as const;
  return grounds.some((ground) => a.grounds[ground] !== undefined && a.grounds[ground] === b.grounds[ground]);
}
