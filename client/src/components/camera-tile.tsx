import type { CameraView } from '../../../server/realtime/events.js';
import { formatCount, formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';
import { allPeople, nobody } from '../state/people.js';
import { CameraBadges, CameraStatusLine } from './camera-status.js';
import { CameraActions, type CameraDialogs } from './camera-actions.js';
import { LiveZones } from './live-zones.js';
import { PeopleByState } from './people-by-state.js';
import { RouteLink } from './route-link.js';
import { TrendChart } from './trend-chart.js';
import { VideoStage } from './video-stage.js';

interface CameraTileProps {
  readonly camera: CameraView;
  readonly dialogs: CameraDialogs;
  /** The picture fills the tile, and only the most needed figures lie on it. */
  readonly compact: boolean;
  /** Whether its zones are drawn on the picture. */
  readonly zones: boolean;
}

/** One camera on the wall. */
export function CameraTile({ camera, dialogs, compact, zones }: CameraTileProps) {
  return (
    <article
      class="tile"
      data-testid="tile"
      data-camera={camera.id}
      data-compact={compact}
      aria-label={camera.name}
    >
      <VideoStage camera={camera}>
        {zones ? (picture) => <LiveZones cameraId={camera.id} picture={picture} /> : undefined}
      </VideoStage>
      {compact ? <TileStrip camera={camera} /> : <TileBody camera={camera} dialogs={dialogs} />}
    </article>
  );
}

/** Name, state and the two figures that matter most, at the foot of the picture. */
function TileStrip({ camera }: Pick<CameraTileProps, 'camera'>) {
  const { store, strings, locale } = useServices();
  const t = strings.camera;
  const counts = store.live.value.counts.get(camera.id);
  return (
    <div class="tile-strip">
      <TileName camera={camera} />
      <CameraBadges camera={camera} />
      <CameraStatusLine camera={camera} />
      <dl>
        <div>
          <dt>{t.inView}</dt>
          <dd>{formatCount(allPeople(counts?.inView ?? nobody), locale)}</dd>
        </div>
        <div>
          <dt>{t.compliance}</dt>
          <dd data-testid="compliance-now">{formatRatio(counts?.complianceNow ?? null, locale)}</dd>
        </div>
      </dl>
    </div>
  );
}

/** Everything about the camera, beneath the picture. */
function TileBody({ camera, dialogs }: Pick<CameraTileProps, 'camera' | 'dialogs'>) {
  const { store, strings, locale } = useServices();
  const t = strings.camera;
  const counts = store.live.value.counts.get(camera.id);
  return (
    <div class="tile-body">
      <header class="tile-head">
        <TileName camera={camera} />
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
  );
}

function TileName({ camera }: Pick<CameraTileProps, 'camera'>) {
  return (
    <h3>
      <RouteLink to={{ view: 'camera', cameraId: camera.id }}>{camera.name}</RouteLink>
    </h3>
  );
}
