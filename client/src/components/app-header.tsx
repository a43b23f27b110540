import { useServices } from '../services.js';
import type { ThemeChoice } from '../state/theme.js';
import { Icon, type IconName } from './icon.js';
import { LanguageSwitch } from './language-switch.js';
import { RouteLink } from './route-link.js';
import { ToolsMenu } from './tools-menu.js';

const themes: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const themeIcons: Readonly<Record<ThemeChoice, IconName>> = { system: 'device', light: 'sun', dark: 'moon' };

/** The bar at the top: name, the two ways to get a picture in, the webcam that is being sent, the models, the theme. */
export function AppHeader({ onAddCamera }: { readonly onAddCamera: () => void }) {
  const { strings, theme, session } = useServices();
  const t = strings.app;
  const choice = theme.choice.value;
  const next = themes[(themes.indexOf(choice) + 1) % themes.length] ?? 'system';
  return (
    <header class="app-header">
      <RouteLink to={{ view: 'wall' }} class="brand">
        <img src="/favicon.svg" alt="" width="28" height="28" />
        <span>{t.name}</span>
      </RouteLink>
      <SendingChip />
      <nav aria-label={t.name}>
        {session.can('admin') && (
          <button type="button" class="button" onClick={onAddCamera} aria-label={t.addCamera}>
            <Icon name="plus" /> <span>{t.addCamera}</span>
          </button>
        )}
        {session.can('publish') && (
          <RouteLink to={{ view: 'publish' }} class="button" label={t.useWebcam}>
            <Icon name="webcam" /> <span>{t.useWebcam}</span>
          </RouteLink>
        )}
        {session.can('view') && (
          <RouteLink to={{ view: 'models' }} class="icon-button" label={t.models}>
            <Icon name="models" />
          </RouteLink>
        )}
        {session.can('view') && <AlertsLink />}
        <ToolsMenu />
        <AccountLink />
        <LanguageSwitch />
        <button
          type="button"
          class="icon-button"
          aria-label={t.theme[choice]}
          onClick={() => theme.choose(next)}
        >
          <Icon name={themeIcons[choice]} />
        </button>
      </nav>
    </header>
  );
}

/** The way to the alerts, with the number of those that last. */
function AlertsLink() {
  const { store, strings } = useServices();
  const open = [...store.live.value.alerts.values()].filter(
    ({ clearedAt }) => clearedAt === undefined,
  ).length;
  return (
    <RouteLink to={{ view: 'alerts' }} class="icon-button" label={strings.watch.alerts.open(open)}>
      <Icon name="bell" />
      {open > 0 && (
        <span class="count-dot" aria-hidden="true">
          {open}
        </span>
      )}
    </RouteLink>
  );
}

/** Whose page this is; at a machine without accounts the way to the first one. */
function AccountLink() {
  const { session, strings } = useServices();
  const caller = session.caller.value;
  if (caller === undefined || caller.kind === 'link') return null;
  const first = caller.kind === 'local' && session.view.value?.accounts === false;
  const label = first ? strings.access.setupTitle : `${strings.access.account}: ${caller.name}`;
  return (
    <RouteLink to={{ view: first ? 'setup' : 'account' }} class="icon-button" label={label}>
      <Icon name="person" />
    </RouteLink>
  );
}

/** Says on every view that the webcam is on, and ends it. */
function SendingChip() {
  const { webcam, strings } = useServices();
  const sending = webcam.sending.value;
  if (!sending) return null;
  return (
    <p class="sending" data-testid="sending">
      <span class="sending-dot" aria-hidden="true" />
      <RouteLink to={{ view: 'publish', cameraId: sending.cameraId }}>{strings.publish.sending}</RouteLink>
      <button type="button" class="button button-small" onClick={() => void webcam.stop()}>
        {strings.publish.stop}
      </button>
    </p>
  );
}
