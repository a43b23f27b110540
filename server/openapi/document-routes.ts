import { z } from 'zod';
import { ok, route, type Reply, type Route } from '../http/route.js';
import { asyncApiDocument } from './asyncapi-document.js';
import { openApiDocument } from './openapi-document.js';
import { referencePage } from './reference-page.js';
import { referenceStyle } from './reference-style.js';

const anyDocument = z.looseObject({});

/**
 * Adds the documents of the interfaces to a route table: they tell of every route of it, themselves included.
 *
 * @param routes all others
 * @returns the whole table
 */
export function withDocuments(routes: readonly Route[]): Route[] {
  const table = [...routes];
  const rest = once(() => openApiDocument(table));
  const events = once(asyncApiDocument);
  const page = once(() => referencePage(rest(), events()));
  // Nothing in them is secret: they stand in the repository. So whoever builds a client needs no account to read them.
  table.push(
    route({
      method: 'get',
      path: '/api/openapi.json',
      summary: 'This interface as OpenAPI 3.1',
      answer: { status: 200, body: anyDocument },
      permission: 'public',
      handle: () => ok(rest()),
    }),
    route({
      method: 'get',
      path: '/api/asyncapi.json',
      summary: 'The events as AsyncAPI 3',
      answer: { status: 200, body: anyDocument },
      permission: 'public',
      handle: () => ok(events()),
    }),
    route({
      method: 'get',
      path: '/api/reference',
      summary: 'Both as a page for people',
      answer: { status: 200, body: 'text/html' },
      permission: 'public',
      handle: () => text('text/html', page()),
    }),
    route({
      method: 'get',
      path: '/api/reference.css',
      summary: "The page's style sheet",
      answer: { status: 200, body: 'text/css' },
      permission: 'public',
      handle: () => text('text/css', referenceStyle),
    }),
  );
  return table;
}

function text(type: string, content: string): Reply {
  return { status: 200, text: { type, content } };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
