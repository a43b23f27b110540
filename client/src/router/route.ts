/** A view of the dashboard. */
export type Route =
  | { readonly view: 'wall' }
  | { readonly view: 'camera'; readonly cameraId: string }
  /** Without an id: a webcam that is not a camera yet. */
  | { readonly view: 'publish'; readonly cameraId?: string }
  | { readonly view: 'models' }
  /** A picture is judged and forgotten. */
  | { readonly view: 'try' }
  /** Without an id: no clip is uploaded yet. */
  | { readonly view: 'replay'; readonly replayId?: string }
  | { readonly view: 'settings' }
  /** What was counted, over time; and one day of it on paper. */
  | { readonly view: 'history' }
  | { readonly view: 'report' }
  /** For people in front of the cameras; open to anybody. */
  | { readonly view: 'notice' }
  /** Figures for a wall; without an id of all cameras. */
  | { readonly view: 'board'; readonly cameraId?: string }
  /** The inbox of alerts, the rules that fill it, and where alerts are told. */
  | { readonly view: 'alerts' }
  | { readonly view: 'rules' }
  | { readonly view: 'sinks' }
  /** What waits to be told, and what was given up. */
  | { readonly view: 'outbox' }
  /** One's own account. */
  | { readonly view: 'account' }
  | { readonly view: 'users' }
  /** Who did what. */
  | { readonly view: 'audit' }
  /** The first steps after set-up. */
  | { readonly view: 'welcome' }
  /** The first account. */
  | { readonly view: 'setup' }
  /** What a publish link opens; its secret stands after the `#`. */
  | { readonly view: 'join' }
  | { readonly view: 'not-found'; readonly path: string };

/** The views whose path is their own name. */
export const plainViews = [
  'history',
  'report',
  'notice',
  'models',
  'try',
  'settings',
  'alerts',
  'rules',
  'sinks',
  'outbox',
  'account',
  'users',
  'audit',
  'welcome',
  'setup',
  'join',
] as const;

/** One of them. */
export type PlainView = (typeof plainViews)[number];

/** Whether a word is the whole path of a view. */
function isPlain(word: string): word is PlainView {
  return plainViews.some((one) => one === word);
}

/** Whether a route is its view and nothing more. */
export function isPlainRoute(route: Route): route is Extract<Route, { readonly view: PlainView }> {
  return isPlain(route.view);
}

/** The view that a path names. */
export function parseRoute(path: string): Route {
  const [first, second, ...rest] = path.split('/').filter((part) => part !== '');
  if (first === undefined) return { view: 'wall' };
  const id = second === undefined ? undefined : decoded(second);
  if (rest.length === 0) {
    if (first === 'camera' && id) return { view: 'camera', cameraId: id };
    if (second === undefined && isPlain(first)) return { view: first };
    if (first === 'publish' && second === undefined) return { view: 'publish' };
    if (first === 'publish' && id) return { view: 'publish', cameraId: id };
    if (first === 'board' && second === undefined) return { view: 'board' };
    if (first === 'board' && id) return { view: 'board', cameraId: id };
    if (first === 'replay' && second === undefined) return { view: 'replay' };
    if (first === 'replay' && id) return { view: 'replay', replayId: id };
  }
  return { view: 'not-found', path };
}

/** The path of a view; `parseRoute` gives the view back. */
export function pathOf(route: Route): string {
  if (isPlainRoute(route)) return `/${route.view}`;
  switch (route.view) {
    case 'wall':
      return '/';
    case 'camera':
      return `/camera/${encodeURIComponent(route.cameraId)}`;
    case 'publish':
      return pathWith('/publish', route.cameraId);
    case 'board':
      return pathWith('/board', route.cameraId);
    case 'replay':
      return pathWith('/replay', route.replayId);
    case 'not-found':
      return route.path;
  }
}

function pathWith(path: string, id: string | undefined): string {
  return id === undefined ? path : `${path}/${encodeURIComponent(id)}`;
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
