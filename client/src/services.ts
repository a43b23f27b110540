import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AccessApi } from './api/access-api.js';
import type { ConfigApi } from './api/config-api.js';
import type { MaskwatchApi } from './api/maskwatch-api.js';
import type { TryoutApi } from './api/tryout-api.js';
import type { LiveSync } from './live/live-sync.js';
import type { WebcamSender } from './media/webcam-sender.js';
import type { OverlayHub } from './overlay/overlay-hub.js';
import type { Navigator } from './router/navigator.js';
import type { AppStore } from './state/app-store.js';
import type { Language } from './state/language.js';
import type { SessionState } from './state/session-state.js';
import type { Theme } from './state/theme.js';
import type { WallMemory } from './state/wall-memory.js';
import type { Strings } from './strings/en.js';

/** The parts that views use; made once in `main.tsx`. */
export interface Services {
  readonly api: MaskwatchApi;
  readonly access: AccessApi;
  readonly tryout: TryoutApi;
  readonly config: ConfigApi;
  readonly session: SessionState;
  readonly store: AppStore;
  readonly overlays: OverlayHub;
  readonly live: LiveSync;
  readonly webcam: WebcamSender;
  readonly navigator: Navigator;
  readonly theme: Theme;
  readonly wall: WallMemory;
  readonly language: Language;
  /** All words of the language that is spoken now. */
  readonly strings: Strings;
  /** BCP 47, for numbers and times. */
  readonly locale: string;
}

/** How views reach the services. */
export const ServicesContext = createContext<Services | undefined>(undefined);

/** The services; throws TypeError outside the app. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new TypeError('useServices is called outside the app');
  return services;
}
