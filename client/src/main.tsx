import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/stage.css';
import './styles/wall.css';
import './styles/wall-tile.css';
import './styles/zones.css';
import './styles/camera.css';
import './styles/pages.css';
import './styles/models.css';
import './styles/access.css';
import './styles/welcome.css';
import './styles/watch.css';
import './styles/tools.css';
import './styles/settings.css';
import './styles/board.css';
import './styles/history.css';
import { render } from 'preact';
import { io } from 'socket.io-client';
import { AccessApi } from './api/access-api.js';
import { ConfigApi } from './api/config-api.js';
import { MaskwatchApi } from './api/maskwatch-api.js';
import { RestClient } from './api/rest-client.js';
import { TryoutApi } from './api/tryout-api.js';
import { installDiagnostics } from './diagnostics.js';
import { followSession } from './live/follow-session.js';
import { LiveSync, type LiveSocket } from './live/live-sync.js';
import { startPollers } from './live/pollers.js';
import { WebcamSender } from './media/webcam-sender.js';
import { OverlayHub } from './overlay/overlay-hub.js';
import { Navigator } from './router/navigator.js';
import { Root } from './root.js';
import { AppStore } from './state/app-store.js';
import { Language } from './state/language.js';
import { SessionState } from './state/session-state.js';
import { Theme } from './state/theme.js';
import { WallMemory } from './state/wall-memory.js';

/** Makes the parts in the order in which they need each other; all of them live as long as the page. */
function main(root: HTMLElement): void {
  const theme = new Theme(localStorage, document.documentElement, matchMedia('(prefers-color-scheme: dark)'));
  const session = new SessionState();
  const fetcher: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    // Signing in is answered so for a wrong password, too; that ends nothing.
    if (response.status === 401 && input !== '/api/session') session.ended();
    return response;
  };
  const language = new Language(localStorage, navigator.languages);
  const rest = new RestClient(fetcher, () => language.spoken.peek().strings.notice);
  const api = new MaskwatchApi(rest);
  const access = new AccessApi(rest);
  const store = new AppStore();
  const overlays = new OverlayHub();
  const socket: LiveSocket = io({
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelayMax: 4000,
  });
  const live = new LiveSync({ socket, api, store, overlays, now: () => performance.now() });
  const parts = {
    api,
    access,
    tryout: new TryoutApi(rest),
    config: new ConfigApi(rest),
    session,
    store,
    overlays,
    live,
    webcam: new WebcamSender(),
    navigator: new Navigator(),
    theme,
    wall: new WallMemory(localStorage),
    language,
  };
  socket.on('connect_error', (error) => {
    const { data } = error as { data?: { code?: string } };
    if (data?.code === 'sign-in-needed') session.ended();
  });
  followSession({
    access,
    session,
    begin: () => {
      live.start();
      startPollers(api, store);
    },
    reload: () => location.reload(),
  });
  installDiagnostics(overlays, store);
  // Not in English first and in another language a moment later.
  void language.start().then(() => render(<Root parts={parts} />, root));
}

const root = document.getElementById('app');
if (!root) throw new TypeError('the page has no #app');
main(root);
