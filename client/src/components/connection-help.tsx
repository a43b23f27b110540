import { useState } from 'preact/hooks';
import type { ConnectionEvidence } from '../media/connection-evidence.js';
import { useServices } from '../services.js';
import { ConnectionReport } from './connection-report.js';
import { Modal } from './modal.js';

interface ConnectionHelpProps {
  readonly cameraId: string;
  /** The camera's name. */
  readonly name: string;
  readonly direction: ConnectionEvidence['direction'];
}

/** The button that looks for the reason why a camera's video does not come or go, and the dialog with what was found. */
export function ConnectionHelp(props: ConnectionHelpProps) {
  const t = useServices().strings.tools.connect;
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button button-small" onClick={() => setOpen(true)}>
        {t.why}
      </button>
      {open && <ConnectionDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Looks for the reason at once, and tells what was found. */
export function ConnectionDialog({
  cameraId,
  name,
  direction,
  onClose,
}: ConnectionHelpProps & { readonly onClose: () => void }) {
  const t = useServices().strings.tools.connect;
  return (
    <Modal title={t.title(name)} onClose={onClose}>
      <ConnectionReport cameraId={cameraId} direction={direction} />
    </Modal>
  );
}
