import { computed, signal } from '@preact/signals';
import { parseRoute, pathOf, type Route } from './route.js';

/** The address bar as a signal (History API). */
export class Navigator {
  readonly #path = signal(location.pathname);
  readonly #onPop = (): void => {
    this.#path.value = location.pathname;
  };

  /** The view that the address names. */
  readonly route = computed<Route>(() => parseRoute(this.#path.value));

  constructor() {
    addEventListener('popstate', this.#onPop);
  }

  /**
   * Goes to a view.
   *
   * @param replace true where "back" must not lead to the present one
   */
  go(route: Route, replace = false): void {
    const path = pathOf(route);
    if (replace) history.replaceState(null, '', path);
    else history.pushState(null, '', path);
    this.#path.value = path;
    if (!replace) scrollTo(0, 0);
  }

  /** Stops listening; idempotent. */
  close(): void {
    removeEventListener('popstate', this.#onPop);
  }
}
