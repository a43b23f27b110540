import { computed, signal } from '@preact/signals';
import type { CountsHistory, Health, RtcSettings } from '../../../server/http/api.js';
import { sumKpis } from './kpis.js';
import { emptyState, type LiveState } from './live-state.js';

/** How this page stands with the server. */
export type Connection =
  | { readonly phase: 'connecting' }
  /** `replayed` missed events came in after a loss; `reread` when the state had to be read afresh instead. */
  | { readonly phase: 'online'; readonly back: boolean; readonly replayed: number; readonly reread: boolean }
  | { readonly phase: 'lost'; readonly sinceMs: number };

/** What the views show. Written by the live sync, the pollers and the actions; read by everybody. */
export class AppStore {
  /** Cameras, counts and visits as the server last told. */
  readonly live = signal<LiveState>(emptyState);
  readonly connection = signal<Connection>({ phase: 'connecting' });
  /** True once the first reading came. */
  readonly loaded = signal(false);
  /** Why the state could not be read; undefined while it could. */
  readonly loadError = signal<string | undefined>(undefined);
  readonly health = signal<Health | undefined>(undefined);
  /** The last hour by minutes, all cameras. */
  readonly history = signal<CountsHistory | undefined>(undefined);
  readonly rtc = signal<RtcSettings | undefined>(undefined);

  /** In the order of their names; the demo camera comes last. */
  readonly cameras = computed(() =>
    [...this.live.value.cameras.values()].sort(
      (a, b) => Number(a.demo) - Number(b.demo) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
    ),
  );

  /** The figures over all cameras. */
  readonly kpis = computed(() => sumKpis(this.live.value.cameras.values(), this.live.value.counts));
}
