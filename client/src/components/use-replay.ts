import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReplayRunInput, ReplayView } from '../../../server/http/tryout-api.js';
import { ApiError, messageOf } from '../api/api-error.js';
import { Poller } from '../live/poller.js';
import { useServices } from '../services.js';
import { clipType } from './clip-type.js';

/** The clip that is compared, and what can be done with it. */
export interface ReplayControl {
  /** Undefined until a clip was uploaded or read. */
  readonly replay: ReplayView | undefined;
  /** 0..1 while a clip is uploaded. */
  readonly uploading: number | undefined;
  /** What did not work last. */
  readonly failure: unknown;
  /** The clip of the address is not there (any more). */
  readonly gone: boolean;
  upload(clip: File): void;
  stopUpload(): void;
  run(input: ReplayRunInput): void;
  remove(): void;
}

/** Between two looks at runs that are under way. */
const lookMs = 1000;

/** Uploads a clip, starts runs and follows them until all are over. The clip stands in the address, so the page can be loaded again. */
export function useReplay(replayId: string | undefined): ReplayControl {
  const { tryout, navigator } = useServices();
  const [held, setHeld] = useState<ReplayView>();
  const [uploading, setUploading] = useState<number>();
  const [failure, setFailure] = useState<unknown>();
  const [gone, setGone] = useState(false);
  const upload = useRef<AbortController | undefined>(undefined);
  const replay = held?.id === replayId ? held : undefined;
  const running = replay?.runs.some(({ state }) => state === 'waiting') ?? false;

  async function carefully(work: () => Promise<void>): Promise<void> {
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'replay-not-found') setGone(true);
      else if (!(error instanceof DOMException && error.name === 'AbortError')) setFailure(error);
    }
  }

  useEffect(() => {
    setGone(false);
    if (replayId !== undefined && held?.id !== replayId)
      void carefully(async () => setHeld(await tryout.replay(replayId)));
  }, [replayId]);

  useEffect(() => {
    if (!running || replayId === undefined) return undefined;
    let left = false;
    const poller = new Poller(
      () =>
        carefully(async () => {
          const next = await tryout.replay(replayId);
          if (!left) setHeld(next);
        }),
      lookMs,
    );
    return () => {
      left = true;
      poller.close();
    };
  }, [running, replayId, tryout]);

  useEffect(() => () => upload.current?.abort(), []);

  async function send(clip: File): Promise<void> {
    const mine = new AbortController();
    upload.current = mine;
    setGone(false);
    setUploading(0);
    await carefully(async () => {
      const watch = { signal: mine.signal, onProgress: setUploading };
      const added = await tryout.addClip(clip, clipType(clip.name, clip.type), watch);
      setHeld(added);
      navigator.go({ view: 'replay', replayId: added.id }, true);
    });
    setUploading(undefined);
  }

  return {
    replay,
    uploading,
    failure,
    gone,
    upload: (clip) => void send(clip),
    stopUpload: () => upload.current?.abort(),
    run: (input) => {
      if (replayId !== undefined) void carefully(async () => setHeld(await tryout.run(replayId, input)));
    },
    remove: () => {
      if (replayId === undefined) return;
      void carefully(async () => {
        await tryout.removeReplay(replayId);
        navigator.go({ view: 'replay' }, true);
      });
    },
  };
}

/** What did not work, and at which field of a run where the server says so. */
export function runProblem(failure: unknown, field: string): string | undefined {
  if (!(failure instanceof ApiError)) return undefined;
  return failure.fields.find(({ pointer }) => pointer === `/${field}`)?.detail;
}

/** What did not work, where it is no single field's fault. */
export function otherProblem(failure: unknown): string | undefined {
  if (failure === undefined) return undefined;
  return failure instanceof ApiError && failure.fields.length > 0 ? undefined : messageOf(failure);
}
