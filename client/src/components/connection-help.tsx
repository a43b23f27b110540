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
export function ConnectionHelp({ cameraId, name, direction }: ConnectionHelpProps) {
  const t = useServices().strings.tools.connect;
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button button-small" onClick={() => setOpen(true)}>
        {t.why}
      </button>
      {open && (
        <Modal title={t.title(name)} onClose={() => setOpen(false)}>
          <ConnectionReport cameraId={cameraId} direction={direction} />
        </Modal>
      )}
    </>
  );
}
