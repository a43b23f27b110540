import { useServices } from '../services.js';
import { Modal } from './modal.js';

interface ModelDialogProps {
  /** What would run. */
  readonly name: string;
  readonly rollback: boolean;
  /** A change is under way. */
  readonly busy: boolean;
  /** Why the last try did not work. */
  readonly failure: string | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before another classifier runs, and says why it does not. */
export function ModelDialog({ name, rollback, busy, failure, onConfirm, onClose }: ModelDialogProps) {
  const { strings } = useServices();
  const t = strings.models;
  return (
    <Modal title={rollback ? t.rollbackTitle(name) : t.useTitle(name)} onClose={onClose}>
      <p>{t.useText}</p>
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {strings.notice.actionFailed(failure)}
        </p>
      )}
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {strings.form.cancel}
        </button>
        <button type="button" class="button button-primary" disabled={busy} onClick={onConfirm}>
          {busy ? t.changing : rollback ? t.rollback : t.use}
        </button>
      </footer>
    </Modal>
  );
}
