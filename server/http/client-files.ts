import { join } from 'node:path';
import express, { type IRouter, Router } from 'express';

/**
 * Serves the built dashboard. Files under `assets/` have a hash of their content in the name and are kept by browsers
 * for a year; all else is asked for anew each time. A page address such as `/camera/door` gets `index.html`.
 *
 * @param folder where the build put the client
 */
export function clientFiles(folder: string): IRouter {
  const router = Router();
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      redirect: false,
      dotfiles: 'ignore',
    }),
  );
  router.use(
    express.static(folder, {
      redirect: false,
      dotfiles: 'ignore',
      setHeaders: (response) => void response.set('Cache-Control', 'no-cache'),
    }),
  );
  router.get(/^\/(?!api\/|whip\/|whep\/|socket\.io\/|assets\/)[^.]*$/, (request, response, next) => {
    if (request.accepts('html') === false) {
      next();
      return;
    }
    response.set('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: folder, cacheControl: false }, (error: unknown) => {
      // Without a build there is no page: the next handler says 404. A visitor who left needs no answer.
      if (error !== undefined && error !== null && !response.headersSent) next();
    });
  });
  return router;
}
