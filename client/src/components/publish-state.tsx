import { formatRatio } from '../format/numbers.js';
import type { Sending } from '../media/webcam-sender.js';
import { useServices } from '../services.js';
import { ConnectionHelp } from './connection-help.js';
import { PeopleByState } from './people-by-state.js';
import { RouteLink } from './route-link.js';

/** How the sending goes, what is counted in one's own picture, and the way out. */
export function PublishState({ sending }: { readonly sending: Sending }) {
  const { store, session: page, strings, webcam, locale } = useServices();
  const t = strings.publish;
  const counts = store.live.value.counts.get(sending.cameraId);
  const name = store.live.value.cameras.get(sending.cameraId)?.name ?? t.defaultName;
  const texts = { connecting: t.connecting, connected: t.sendingAs(name) };
  const { session } = sending;
  return (
    <div class="publish-state" data-testid="publish-state" data-session={session.phase}>
      <p role="status" class="sending">
        <span class="sending-dot" aria-hidden="true" data-on={session.phase === 'connected'} />
        {session.phase === 'waiting' ? t.reconnecting(session.reason) : texts[session.phase]}
      </p>
      {session.phase === 'waiting' && (
        <ConnectionHelp cameraId={sending.cameraId} name={name} direction="send" />
      )}
      {page.can('view') && (
        <>
          <PeopleByState counts={counts?.inView} title={strings.camera.inView} />
          <dl class="compliance">
            <div>
              <dt>{strings.kpi.complianceNow}</dt>
              <dd>{formatRatio(counts?.complianceNow ?? null, locale)}</dd>
            </div>
          </dl>
        </>
      )}
      <footer>
        <button type="button" class="button button-danger" onClick={() => void webcam.stop()}>
          {t.stop}
        </button>
        {page.can('view') && (
          <RouteLink to={{ view: 'camera', cameraId: sending.cameraId }} class="button">
            {t.openCamera}
          </RouteLink>
        )}
      </footer>
    </div>
  );
}
