import { computed, signal } from '@preact/signals';
import { parseRoute, pathOf, type Route } from './route.js';

/** The address bar as a signal (History API). */
export class Navigator {
  readonly #path = signal(location.pathname);
  readonly #search = signal(location.search);
  readonly #onPop = (): void => {
    this.#path.value = location.pathname;
    this.#search.value = location.search;
  };

  /** The view that the address names. */
  readonly route = computed<Route>(() => parseRoute(this.#path.value));

  /** What stands after the path, `?` included: how a view is looked at. Empty where nothing is said. */
  readonly search = computed(() => this.#search.value);

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
    this.#search.value = '';
    if (!replace) scrollTo(0, 0);
  }

  /** Says how the present view is looked at, so that it can be bookmarked; "back" leads past it. */
  look(search: string): void {
    history.replaceState(null, '', location.pathname + search + location.hash);
    this.#search.value = search;
  }

  /** Stops listening; idempotent. */
  close(): void {
    removeEventListener('popstate', this.#onPop);
  }
}
