import 'uplot/dist/uPlot.min.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/stage.css';
import './styles/camera.css';
import './styles/pages.css';
import './styles/models.css';
import { render } from 'preact';
import { io } from 'socket.io-client';
import { MaskwatchApi } from './api/maskwatch-api.js';
import { App } from './app.js';
import { installDiagnostics } from './diagnostics.js';
import { LiveSync, type LiveSocket } from './live/live-sync.js';
import { startPollers } from './live/pollers.js';
import { WebcamSender } from './media/webcam-sender.js';
import { OverlayHub } from './overlay/overlay-hub.js';
import { Navigator } from './router/navigator.js';
import { ServicesContext, type Services } from './services.js';
import { AppStore } from './state/app-store.js';
import { Theme } from './state/theme.js';
import { chooseLanguage } from './strings/language.js';

/** Makes the parts in the order in which they need each other; all of them live as long as the page. */
function main(root: HTMLElement): void {
  const theme = new Theme(localStorage, document.documentElement, matchMedia('(prefers-color-scheme: dark)'));
  const api = new MaskwatchApi((input, init) => fetch(input, init));
  const store = new AppStore();
  const overlays = new OverlayHub();
  const socket: LiveSocket = io({
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelayMax: 4000,
  });
  const live = new LiveSync({ socket, api, store, overlays, now: () => performance.now() });
  const services: Services = {
    api,
    store,
    overlays,
    live,
    webcam: new WebcamSender(),
    navigator: new Navigator(),
    theme,
    ...chooseLanguage(navigator.languages),
  };
  installDiagnostics(overlays, store);
  live.start();
  startPollers(api, store);
  render(
    <ServicesContext.Provider value={services}>
      <App />
    </ServicesContext.Provider>,
    root,
  );
}

const root = document.getElementById('app');
if (!root) throw new TypeError('the page has no #app');
main(root);
