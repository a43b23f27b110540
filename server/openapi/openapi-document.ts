import type { z } from 'zod';
import { problemSchema } from '../http/answer-schemas.js';
import type { Route } from '../http/route.js';
import { componentPrefix, joinComponents, type JsonSchema, toJsonSchemas } from './json-schema.js';

/** Version of the interface, not of the product: it changes when a client would have to. */
export const interfaceVersion = '1.0.0';

/** One parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** What a body or an answer holds, by media type. */
export type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

/** One route, as OpenAPI tells of it. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  /** Each entry is one way to prove who asks, with the permission that is asked for; empty for what is open to all. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

const anyObject: JsonSchema = { type: 'object' };

/** Writes the route table down as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0): nothing stands in it by hand. */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const inputs: Record<string, z.ZodType> = {};
  const outputs: Record<string, z.ZodType> = { problem: problemSchema };
  for (const entry of routes) {
    const id = operationId(entry);
    if (entry.params !== undefined) inputs[`${id} params`] = entry.params;
    if (entry.query !== undefined) inputs[`${id} query`] = entry.query;
    if (entry.body !== undefined && entry.body !== 'sdp') inputs[`${id} body`] = entry.body;
    if (typeof entry.answer.body === 'object') outputs[id] = entry.answer.body;
  }
  const sent = toJsonSchemas(inputs, 'input');
  const given = toJsonSchemas(outputs, 'output');
  const paths: Record<string, Record<string, Operation>> = {};
  for (const entry of routes) {
    const path = entry.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[entry.method] = operation(entry, sent.schemas, given.schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Maskwatch',
      version: interfaceVersion,
      description:
        'Every error is a problem document (RFC 9457) with a stable `code`. Lists that may be long come in pages: give `next` of one page as `after` for the next. Answers may gain fields.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: joinComponents(sent.components, given.components),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'maskwatch-session',
          description:
            'Of someone who signed in. `__Host-` stands before the name under TLS, and `-` with the port behind it at another than the usual port.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'An API token.' },
      },
    },
  };
}

function operation(
  entry: Route,
  sent: Readonly<Record<string, JsonSchema>>,
  given: Readonly<Record<string, JsonSchema>>,
): Operation {
  const id = operationId(entry);
  const parameters = [
    ...parametersOf('path', sent[`${id} params`]),
    ...parametersOf('query', sent[`${id} query`]),
  ];
  const { body, upload, answer, permission } = entry;
  return {
    operationId: id,
    summary: entry.summary,
    tags: [tagOf(entry.path)],
    security: permission === 'public' ? [] : [{ session: [permission] }, { token: [permission] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(upload === undefined
      ? {}
      : {
          requestBody: {
            required: true as const,
            content: Object.fromEntries(
              upload.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
            ),
          },
        }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true as const,
            content:
              body === 'sdp'
                ? { 'application/sdp': { schema: { type: 'string' } } }
                : { 'application/json': { schema: sent[`${id} body`] ?? anyObject } },
          },
        }),
    responses: {
      [String(answer.status)]: {
        description: answer.status === 204 ? 'Done.' : 'The answer.',
        ...(answer.body === undefined ? {} : { content: contentOf(answer.body, given[id]) }),
      },
      default: {
        description: problemsOf(entry),
        content: { 'application/problem+json': { schema: { $ref: `${componentPrefix}Problem` } } },
      },
    },
  };
}

function contentOf(body: NonNullable<Route['answer']['body']>, schema: JsonSchema = anyObject): Content {
  return typeof body === 'string'
    ? { [body]: { schema: { type: 'string' } } }
    : { 'application/json': { schema } };
}

/** The errors that any client of the route should be ready for. */
function problemsOf({ permission, camera, params, query, body }: Route): string {
  const input = params !== undefined || query !== undefined || body !== undefined;
  const statuses = [
    ...(input ? ['400 for input that breaks a rule'] : []),
    ...(permission === 'public' ? [] : ['401 without a known caller', '403 for one who may not']),
    ...(camera === undefined && params === undefined ? [] : ['404 for what does not exist']),
    ...(body === undefined ? [] : ['413 for a body of more than 100 KiB', '415 for one of another type']),
  ];
  return statuses.length === 0 ? 'A problem.' : `A problem: ${statuses.join(', ')}.`;
}

function parametersOf(place: Parameter['in'], schema: JsonSchema | undefined): Parameter[] {
  return Object.entries(schema?.properties ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || (schema?.required ?? []).includes(name),
    schema: field,
  }));
}

/** `GET /api/cameras/:id` → `getCamerasById`. */
export function operationId({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const words = path
    .replace(/^\/api\//, '/')
    .split(/[/.-]/)
    .filter((word) => word !== '')
    .map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word)));
  const health = path === '/api/health' ? 'Api' : '';
  return `${method}${health}${words.join('')}`;
}

function tagOf(path: string): string {
  return path.replace(/^\/api\//, '/').split(/[/.]/)[1] ?? '';
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
