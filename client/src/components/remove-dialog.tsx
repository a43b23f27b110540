import type { CameraView } from '../../../server/realtime/events.js';
import { useServices } from '../services.js';
import { Modal } from './modal.js';

interface RemoveDialogProps {
  readonly camera: CameraView;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before a camera is removed. */
export function RemoveDialog({ camera, onConfirm, onClose }: RemoveDialogProps) {
  const { strings } = useServices();
  const t = strings.remove;
  return (
    <Modal title={t.title(camera.name)} onClose={onClose}>
      <p>{t.text}</p>
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {strings.form.cancel}
        </button>
        <button type="button" class="button button-danger" onClick={onConfirm}>
          {t.confirm}
        </button>
      </footer>
    </Modal>
  );
}
