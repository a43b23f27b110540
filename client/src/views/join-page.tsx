import { useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { FullPageNote } from '../components/full-page-note.js';
import { useServices } from '../services.js';

/** What a publish link opens. It is used up only by the button: a preview of the link must not do that. */
export function JoinPage() {
  const { access, session, navigator, strings } = useServices();
  const t = strings.access;
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function join(): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      const { camera } = await access.redeem(location.hash.slice(1));
      const view = await access.session();
      // First the address: where somebody else was let in before, the new session loads the page anew.
      navigator.go({ view: 'publish', cameraId: camera.id }, true);
      session.view.value = view;
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <FullPageNote whole icon="webcam" title={t.joinTitle} text={failure ?? t.joinIntro}>
      <button
        type="button"
        class="button button-primary button-large"
        disabled={busy}
        onClick={() => void join()}
      >
        {t.joinSubmit}
      </button>
    </FullPageNote>
  );
}
