import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { AccessGate } from './components/access-gate.js';
import { AppHeader } from './components/app-header.js';
import { FullPageNote } from './components/full-page-note.js';
import { LiveSummary } from './components/live-summary.js';
import { Notices } from './components/notices.js';
import { RouteLink } from './components/route-link.js';
import { useCameraDialogs, type OpenDialogs } from './components/use-camera-dialogs.js';
import { isPlainRoute, type PlainView } from './router/route.js';
import { useServices } from './services.js';
import { BoardPage } from './views/board-page.js';
import { AlertsPage } from './views/alerts-page.js';
import { AuditPage } from './views/audit-page.js';
import { AccountPage } from './views/account-page.js';
import { CameraPage } from './views/camera-page.js';
import { HistoryPage } from './views/history-page.js';
import { ModelsPage } from './views/models-page.js';
import { NoticePage } from './views/notice-page.js';
import { OutboxPage } from './views/outbox-page.js';
import { PublishPage } from './views/publish-page.js';
import { ReplayPage } from './views/replay-page.js';
import { ReportPage } from './views/report-page.js';
import { RulesPage } from './views/rules-page.js';
import { SettingsPage } from './views/settings-page.js';
import { SinksPage } from './views/sinks-page.js';
import { SetupPage } from './views/setup-page.js';
import { TryPage } from './views/try-page.js';
import { UsersPage } from './views/users-page.js';
import { WelcomePage } from './views/welcome-page.js';
import { Wall } from './views/wall.js';

/** The page around the views. */
export function App() {
  const { strings, store, session, navigator, locale } = useServices();
  const dialogs = useCameraDialogs();
  const route = navigator.route.value;
  const camera = route.view === 'camera' ? store.live.value.cameras.get(route.cameraId) : undefined;
  // The board fills the screen; who may not see it gets the usual page around what lets them in.
  const board = route.view === 'board' && session.can('view');
  const title = camera ? `${camera.name} · ${strings.app.name}` : strings.app.name;
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = locale;
  }, [title, locale]);
  return (
    <>
      <a class="skip-link" href="#content">
        {strings.app.skip}
      </a>
      {!board && (
        <>
          <AppHeader onAddCamera={() => dialogs.add()} />
          <Notices />
        </>
      )}
      <main id="content" tabIndex={-1} class={board ? 'board-main' : undefined}>
        <AccessGate>
          {route.view === 'wall' && <h1 class="visually-hidden">{strings.app.wall}</h1>}
          <View dialogs={dialogs} />
        </AccessGate>
      </main>
      {dialogs.element}
      <LiveSummary />
    </>
  );
}

/** The views that are told by their name alone. The gate has shown set-up and links to whoever they are for. */
const plainPages: Readonly<Record<PlainView, ComponentType>> = {
  history: HistoryPage,
  report: ReportPage,
  notice: NoticePage,
  models: ModelsPage,
  try: TryPage,
  settings: SettingsPage,
  alerts: AlertsPage,
  rules: RulesPage,
  sinks: SinksPage,
  outbox: OutboxPage,
  account: AccountPage,
  users: UsersPage,
  audit: AuditPage,
  welcome: WelcomePage,
  setup: SetupPage,
  join: SetupPage,
};

function View({ dialogs }: { readonly dialogs: OpenDialogs }) {
  const { navigator, strings } = useServices();
  const route = navigator.route.value;
  if (isPlainRoute(route)) {
    const Page = plainPages[route.view];
    return <Page />;
  }
  switch (route.view) {
    case 'wall':
      return <Wall dialogs={dialogs} />;
    case 'camera':
      return <CameraPage cameraId={route.cameraId} dialogs={dialogs} />;
    case 'publish':
      return <PublishPage cameraId={route.cameraId} />;
    case 'replay':
      return <ReplayPage replayId={route.replayId} />;
    case 'board':
      return <BoardPage cameraId={route.cameraId} />;
    case 'not-found':
      return (
        <FullPageNote
          whole
          icon="warning"
          title={strings.app.notFoundTitle}
          text={strings.app.notFound(route.path)}
        >
          <RouteLink to={{ view: 'wall' }} class="button button-primary">
            {strings.app.backToWall}
          </RouteLink>
        </FullPageNote>
      );
  }
}
