/** A view of the dashboard. */
export type Route =
  | { readonly view: 'wall' }
  | { readonly view: 'camera'; readonly cameraId: string }
  /** Without an id: a webcam that is not a camera yet. */
  | { readonly view: 'publish'; readonly cameraId?: string }
  | { readonly view: 'models' }
  /** The inbox of alerts, the rules that fill it, and where alerts are told. */
  | { readonly view: 'alerts' }
  | { readonly view: 'rules' }
  | { readonly view: 'sinks' }
  /** One's own account. */
  | { readonly view: 'account' }
  | { readonly view: 'users' }
  /** The first account. */
  | { readonly view: 'setup' }
  /** What a publish link opens; its secret stands after the `#`. */
  | { readonly view: 'join' }
  | { readonly view: 'not-found'; readonly path: string };

const plain = ['models', 'alerts', 'rules', 'sinks', 'account', 'users', 'setup', 'join'] as const;

/** Whether a word is the whole path of a view. */
function isPlain(word: string): word is (typeof plain)[number] {
  return plain.some((one) => one === word);
}

/** The view that a path names. */
export function parseRoute(path: string): Route {
  const [first, second, ...rest] = path.split('/').filter((part) => part !== '');
  if (first === undefined) return { view: 'wall' };
  const cameraId = second === undefined ? undefined : decoded(second);
  if (rest.length === 0) {
    if (first === 'camera' && cameraId) return { view: 'camera', cameraId };
    if (second === undefined && isPlain(first)) return { view: first };
    if (first === 'publish' && second === undefined) return { view: 'publish' };
    if (first === 'publish' && cameraId) return { view: 'publish', cameraId };
  }
  return { view: 'not-found', path };
}

/** The path of a view; `parseRoute` gives the view back. */
export function pathOf(route: Route): string {
  switch (route.view) {
    case 'wall':
      return '/';
    case 'camera':
      return `/camera/${encodeURIComponent(route.cameraId)}`;
    case 'publish':
      return route.cameraId === undefined ? '/publish' : `/publish/${encodeURIComponent(route.cameraId)}`;
    case 'models':
    case 'alerts':
    case 'rules':
    case 'sinks':
    case 'account':
    case 'users':
    case 'setup':
    case 'join':
      return `/${route.view}`;
    case 'not-found':
      return route.path;
  }
}

/** Undefined where the percent encoding is broken, as in a mistyped address. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
