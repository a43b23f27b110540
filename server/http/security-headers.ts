import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers for every answer: a strict content security policy (own files only, no inline script or style, no framing)
 * and helmet's defaults. Comes after the request guard, since the policy quotes the checked `Host`.
 */
export function securityHeaders(): RequestHandler {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        // Not every browser counts the websocket of the same host as 'self'.
        connectSrc: [
          "'self'",
          (request: IncomingMessage) => `ws://${request.headers.host ?? ''}`,
          (request: IncomingMessage) => `wss://${request.headers.host ?? ''}`,
        ],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain HTTP on this machine is the default; whoever adds TLS in front adds this there.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.set('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
    headers(request, response, next);
  };
}
