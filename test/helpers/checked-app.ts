import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Route } from '../../server/http/route.js';

/** The route that a request leads to. */
function routeOf(routes: readonly Route[], method: string, path: string): Route | undefined {
  return routes
    .filter((route) => route.method === method.toLowerCase())
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length)
    .find((route) => new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}/?$`).test(path));
}

/**
 * What is wrong with an answer, when the route's own schema is asked; undefined for what keeps it. Errors keep the shape of
 * problem documents and are not looked at here.
 */
export function wrongAnswer(
  routes: readonly Route[],
  asked: { readonly method: string; readonly path: string },
  got: { readonly status: number; readonly type: string; readonly body: string },
): string | undefined {
  const route = routeOf(routes, asked.method, asked.path);
  if (route === undefined || got.status >= 300) return undefined;
  const name = `${asked.method} ${route.path}`;
  const { status, body } = route.answer;
  if (got.status !== status) return `${name} answered ${got.status}, declared is ${status}`;
  if (body === undefined) return got.body === '' ? undefined : `${name} answered a body, declared is none`;
  if (typeof body === 'string') {
    return got.type.startsWith(body) ? undefined : `${name} answered ${got.type}, declared is ${body}`;
  }
  const read = body.safeParse(JSON.parse(got.body));
  return read.success ? undefined : `${name} answered what it does not declare: ${read.error.message}`;
}

/** The application with an eye on it: an answer that breaks the schema of its route becomes a 500 that says so. */
export function checkedApp(app: RequestListener, routes: () => readonly Route[]): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const end = response.end.bind(response) as (...parameters: unknown[]) => ServerResponse;
    const asked = { method: request.method ?? '', path: (request.url ?? '').split('?')[0] ?? '' };
    response.end = ((...parameters: unknown[]) => {
      const [chunk] = parameters;
      const body = typeof chunk === 'string' || Buffer.isBuffer(chunk) ? chunk.toString() : '';
      const type = String(response.getHeader('content-type') ?? '');
      const wrong =
        asked.method === 'HEAD'
          ? undefined
          : wrongAnswer(routes(), asked, { status: response.statusCode, type, body });
      if (wrong === undefined || response.headersSent) return end(...parameters);
      response.statusCode = 500;
      response.removeHeader('content-length');
      return end(wrong);
    }) as ServerResponse['end'];
    app(request, response);
  };
}
