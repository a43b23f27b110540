import { CameraActions } from '../components/camera-actions.js';
import { CameraBadges, CameraStatusLine } from '../components/camera-status.js';
import { CameraStats } from '../components/camera-stats.js';
import { ConnectionHelp } from '../components/connection-help.js';
import { FullPageNote } from '../components/full-page-note.js';
import { Icon } from '../components/icon.js';
import { NotLoaded } from '../components/not-loaded.js';
import { PeopleByState } from '../components/people-by-state.js';
import { RouteLink } from '../components/route-link.js';
import { TrendChart } from '../components/trend-chart.js';
import type { OpenDialogs } from '../components/use-camera-dialogs.js';
import { ZoneStage } from '../components/zone-stage.js';
import { VisitList } from '../components/visit-list.js';
import { formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';

/** One camera: large video, live figures, trend, visits, and how stream and analysis are doing. */
export function CameraPage({
  cameraId,
  dialogs,
}: {
  readonly cameraId: string;
  readonly dialogs: OpenDialogs;
}) {
  const { store, strings, locale } = useServices();
  const t = strings.page;
  const camera = store.live.value.cameras.get(cameraId);
  const counts = store.live.value.counts.get(cameraId);
  if (!camera) {
    if (!store.loaded.value) return <NotLoaded whole loading={strings.wall.loading} />;
    return (
      <FullPageNote whole icon="warning" title={t.gone} text={t.goneHint}>
        <RouteLink to={{ view: 'wall' }} class="button button-primary">
          {strings.app.backToWall}
        </RouteLink>
      </FullPageNote>
    );
  }
  return (
    <div class="camera-page" data-testid="camera-page">
      <header class="page-head">
        <RouteLink to={{ view: 'wall' }} class="icon-button" label={strings.app.backToWall}>
          <Icon name="back" />
        </RouteLink>
        <h1>{camera.name}</h1>
        <CameraBadges camera={camera} />
        <CameraStatusLine camera={camera} />
        <CameraActions camera={camera} dialogs={dialogs} />
      </header>
      <div class="camera-main">
        <ZoneStage camera={camera} key={camera.id} />
      </div>
      <section class="panel" aria-labelledby="figures">
        <h2 id="figures">{t.live}</h2>
        <dl class="compliance compliance-large" aria-label={strings.camera.compliance}>
          <div>
            <dt>{strings.kpi.complianceNow}</dt>
            <dd data-testid="compliance-now">{formatRatio(counts?.complianceNow ?? null, locale)}</dd>
          </div>
          <div>
            <dt>{strings.kpi.complianceToday}</dt>
            <dd data-testid="compliance-today">{formatRatio(counts?.complianceToday ?? null, locale)}</dd>
          </div>
        </dl>
        <h3>{strings.camera.inView}</h3>
        <PeopleByState counts={counts?.inView} title={strings.camera.inView} />
        <h3>{strings.camera.today}</h3>
        <PeopleByState counts={counts?.today} title={strings.camera.today} />
      </section>
      <section class="panel panel-wide" aria-labelledby="trend">
        <h2 id="trend">{t.trend}</h2>
        <TrendChart cameraId={cameraId} large />
      </section>
      <section class="panel panel-wide" aria-labelledby="visits">
        <h2 id="visits">{t.visits}</h2>
        <VisitList cameraId={cameraId} />
      </section>
      <section class="panel" aria-labelledby="stats">
        <h2 id="stats">{t.stats}</h2>
        <CameraStats camera={camera} />
        <ConnectionHelp
          cameraId={cameraId}
          name={camera.name}
          // A webcam that nobody sends has no video to watch: its way in is what can be tried.
          direction={camera.kind === 'webcam' && camera.status.state !== 'live' ? 'send' : 'watch'}
        />
      </section>
    </div>
  );
}
