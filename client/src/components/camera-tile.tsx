import type { CameraView } from '../../../server/realtime/events.js';
import { formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';
import { CameraBadges, CameraStatusLine } from './camera-status.js';
import { CameraActions, type CameraDialogs } from './camera-actions.js';
import { PeopleByState } from './people-by-state.js';
import { RouteLink } from './route-link.js';
import { TrendChart } from './trend-chart.js';
import { VideoStage } from './video-stage.js';

/** One camera on the wall. */
export function CameraTile({
  camera,
  dialogs,
}: {
  readonly camera: CameraView;
  readonly dialogs: CameraDialogs;
}) {
  const { store, strings, locale } = useServices();
  const t = strings.camera;
  const counts = store.live.value.counts.get(camera.id);
  return (
    <article class="tile" data-testid="tile" data-camera={camera.id} aria-label={camera.name}>
      <VideoStage camera={camera} />
      <div class="tile-body">
        <header class="tile-head">
          <h3>
            <RouteLink to={{ view: 'camera', cameraId: camera.id }}>{camera.name}</RouteLink>
          </h3>
          <CameraBadges camera={camera} />
          <CameraActions camera={camera} dialogs={dialogs} />
        </header>
        <CameraStatusLine camera={camera} />
        <PeopleByState counts={counts?.inView} title={t.inView} />
        <div class="tile-foot">
          <dl class="compliance" aria-label={t.compliance}>
            <div>
              <dt>{t.now}</dt>
              <dd data-testid="compliance-now">{formatRatio(counts?.complianceNow ?? null, locale)}</dd>
            </div>
            <div>
              <dt>{t.today}</dt>
              <dd data-testid="compliance-today">{formatRatio(counts?.complianceToday ?? null, locale)}</dd>
            </div>
          </dl>
          <TrendChart cameraId={camera.id} />
        </div>
      </div>
    </article>
  );
}
