import type { CameraView } from '../../../server/realtime/events.js';
import { useServices } from '../services.js';
import { Icon } from './icon.js';

/** The dialogs that a view offers for its cameras. */
export interface CameraDialogs {
  edit(camera: CameraView): void;
  remove(camera: CameraView): void;
}

/** Edit and remove. The demo goes with one click: nothing is lost with it, so nothing is asked. */
export function CameraActions({
  camera,
  dialogs,
}: {
  readonly camera: CameraView;
  readonly dialogs: CameraDialogs;
}) {
  const { strings, session } = useServices();
  const t = strings.camera;
  if (!session.can('admin')) return null;
  return (
    <div class="actions">
      {camera.demo ? (
        <button type="button" class="button button-small" onClick={() => dialogs.remove(camera)}>
          {t.removeDemo}
        </button>
      ) : (
        <>
          <button
            type="button"
            class="icon-button"
            aria-label={t.edit(camera.name)}
            onClick={() => dialogs.edit(camera)}
          >
            <Icon name="edit" />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={t.remove(camera.name)}
            onClick={() => dialogs.remove(camera)}
          >
            <Icon name="trash" />
          </button>
        </>
      )}
    </div>
  );
}
