import { FirstStepsNotice } from '../components/first-steps-notice.js';
import { FullPageNote } from '../components/full-page-note.js';
import { Icon } from '../components/icon.js';
import { KpiRow } from '../components/kpi-row.js';
import { NotLoaded } from '../components/not-loaded.js';
import { RouteLink } from '../components/route-link.js';
import type { OpenDialogs } from '../components/use-camera-dialogs.js';
import { WallFrame } from '../components/wall-frame.js';
import { useServices } from '../services.js';

/** All cameras side by side, with the figures over all of them above. */
export function Wall({ dialogs }: { readonly dialogs: OpenDialogs }) {
  const { store, strings } = useServices();
  const t = strings.wall;
  const cameras = store.cameras.value;
  if (!store.loaded.value) return <NotLoaded loading={t.loading} />;
  if (cameras.length === 0) {
    return (
      <>
        <FirstStepsNotice />
        <FullPageNote title={t.emptyTitle} text={t.empty}>
          <button type="button" class="button button-primary" onClick={() => dialogs.add()}>
            <Icon name="plus" /> {strings.app.addCamera}
          </button>
          <RouteLink to={{ view: 'publish' }} class="button">
            <Icon name="webcam" /> {strings.app.useWebcam}
          </RouteLink>
        </FullPageNote>
      </>
    );
  }
  return (
    <>
      <FirstStepsNotice />
      <KpiRow />
      <WallFrame dialogs={dialogs} />
    </>
  );
}
