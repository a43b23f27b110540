import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import type { CameraView } from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { dropCamera } from '../state/live-state.js';
import type { CameraDialogs } from './camera-actions.js';
import { CameraForm } from './camera-form.js';
import { RemoveDialog } from './remove-dialog.js';

/** The dialogs, and what is to be rendered for the open one. */
export interface OpenDialogs extends CameraDialogs {
  readonly element: ComponentChild;
  add(): void;
}

type Open = { readonly kind: 'add' } | { readonly kind: 'edit' | 'remove'; readonly camera: CameraView };

/** Add, edit and remove for a view that shows cameras. */
export function useCameraDialogs(): OpenDialogs {
  const { api, store, strings, webcam, overlays } = useServices();
  const [open, setOpen] = useState<Open>();
  const [failure, setFailure] = useState<string>();
  const close = (): void => setOpen(undefined);

  async function remove(camera: CameraView): Promise<void> {
    close();
    try {
      if (webcam.sending.peek()?.cameraId === camera.id) await webcam.stop();
      await api.removeCamera(camera.id);
      store.live.value = dropCamera(store.live.peek(), camera.id);
      overlays.remove(camera.id);
      setFailure(undefined);
    } catch (error) {
      setFailure(messageOf(error));
    }
  }

  return {
    add: () => setOpen({ kind: 'add' }),
    edit: (camera) => setOpen({ kind: 'edit', camera }),
    remove: (camera) => {
      if (camera.demo) void remove(camera);
      else setOpen({ kind: 'remove', camera });
    },
    element: (
      <>
        {failure !== undefined && (
          <p class="notice notice-bad" role="alert">
            {strings.notice.actionFailed(failure)}
          </p>
        )}
        {open?.kind === 'add' && <CameraForm onClose={close} />}
        {open?.kind === 'edit' && <CameraForm camera={open.camera} onClose={close} />}
        {open?.kind === 'remove' && (
          <RemoveDialog camera={open.camera} onConfirm={() => void remove(open.camera)} onClose={close} />
        )}
      </>
    ),
  };
}
