import { useEffect, useState } from 'preact/hooks';
import type { Zone } from '../../../server/http/zone-api.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';

/** What is drawn on a camera. */
export interface DrawnZones {
  readonly zones: readonly Zone[];
  /** Why they could not be read. */
  readonly failure: string | undefined;
  /** Takes what was just saved. */
  readonly set: (zones: readonly Zone[]) => void;
}

/** Reads the zones of a camera, and again whenever somebody drew others. */
export function useZones(cameraId: string): DrawnZones {
  const { api, store } = useServices();
  const [zones, setZones] = useState<readonly Zone[]>([]);
  const [failure, setFailure] = useState<string>();
  const revision = store.live.value.zones.get(cameraId)?.revision;
  useEffect(() => {
    let left = false;
    api.zones(cameraId).then(
      (list) => {
        if (left) return;
        setZones(list.zones);
        setFailure(undefined);
      },
      (error: unknown) => {
        if (!left) setFailure(messageOf(error));
      },
    );
    return () => {
      left = true;
    };
  }, [api, cameraId, revision]);
  return { zones, failure, set: setZones };
}
