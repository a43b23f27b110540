import { useEffect, useState } from 'preact/hooks';
import type { PublishCamera } from '../../../server/http/access-api.js';
import { ApiError } from '../api/api-error.js';
import { useServices } from '../services.js';

/** The webcams that whoever cannot add one may send to. */
export interface PublishTargets {
  /** True once they were asked for. */
  readonly loaded: boolean;
  /** Why they could not be told. */
  readonly failure: string | undefined;
  readonly cameras: readonly PublishCamera[];
  /** The one of the address or of the choice, else the first; undefined where there is none, or one can be added. */
  readonly chosen: PublishCamera | undefined;
  choose(cameraId: string): void;
}

/** Asks for the webcams to send to, where the page cannot add one. */
export function usePublishTargets(cameraId: string | undefined): PublishTargets {
  const { access, session } = useServices();
  const [cameras, setCameras] = useState<readonly PublishCamera[]>();
  const [failure, setFailure] = useState<string>();
  const [choice, setChoice] = useState(cameraId);
  const needed = session.can('publish') && !session.can('admin');
  useEffect(() => {
    if (!needed) return;
    access.publishCameras().then(setCameras, (error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      setCameras([]);
      setFailure(error.message);
    });
  }, [needed]);
  const list = cameras ?? [];
  return {
    loaded: cameras !== undefined,
    failure,
    cameras: list,
    chosen: list.find(({ id }) => id === choice) ?? list[0],
    choose: setChoice,
  };
}
