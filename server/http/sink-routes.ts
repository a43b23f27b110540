import { z } from 'zod';
import { RefusedAddressError } from '../addresses/refused-address-error.js';
import { schemaOf } from '../openapi/schema-of.js';
import type { SinkDesk } from '../sinks/sink-desk.js';
import { sinkInput, sinkSettingsSchema } from '../sinks/sink-schema.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';
import type {
  DropResult,
  Outbox,
  ReplayResult,
  SinkInput,
  SinkList,
  SinkTestResult,
  SinkView,
} from './sink-api.js';

/** What the sink routes need of the server. */
export type SinkPort = Pick<
  SinkDesk,
  'list' | 'add' | 'change' | 'remove' | 'test' | 'messages' | 'replay' | 'drop'
>;

const text = z.string();
const count = z.int().min(0);
const sinkSchema = schemaOf<SinkView>()(
  z
    .strictObject({
      sinkId: text,
      name: text,
      enabled: z.boolean(),
      settings: sinkSettingsSchema,
      hasSecret: z.boolean(),
      waiting: count,
      dead: count.describe('Messages that were given up; they can be replayed.'),
      sent: count,
      problem: text.exactOptional().describe('Why the last try failed.'),
      connected: z.boolean().exactOptional(),
    })
    .meta({ id: 'Sink', description: 'Where news goes; never with its secret.' }),
);
const sinkListSchema = schemaOf<SinkList>()(
  z.strictObject({ sinks: z.array(sinkSchema) }).meta({ id: 'SinkList' }),
);
const testSchema = schemaOf<SinkTestResult>()(
  z.strictObject({ ok: z.boolean(), detail: text, milliseconds: count }).meta({
    id: 'SinkTestResult',
    description: 'What came of a test message, in the words of the other side.',
  }),
);
const itemState = z.enum(['waiting', 'sent', 'dead']);
const outboxSchema = schemaOf<Outbox>()(
  z
    .strictObject({
      items: z.array(
        z.strictObject({
          itemId: count,
          state: itemState,
          title: text,
          createdAt: z.int(),
          dueAt: z.int().describe('When it is tried next, where it waits.'),
          attempts: count,
          error: text.exactOptional(),
          finishedAt: z.int().exactOptional(),
        }),
      ),
    })
    .meta({ id: 'Outbox' }),
);
const replaySchema = schemaOf<ReplayResult>()(z.strictObject({ queued: count }).meta({ id: 'ReplayResult' }));

const dropSchema = schemaOf<DropResult>()(z.strictObject({ dropped: count }).meta({ id: 'DropResult' }));
const someItems = z.strictObject({ items: z.array(count).min(1).max(500).optional() });

const byId = z.object({ id: z.string() });
/** Tests under way at once: each is a connection that may take long. */
const testsAtOnce = 3;

/** Sinks: where alerts are told. */
export function sinkRoutes(sinks: SinkPort): Route[] {
  let testing = 0;
  return [
    route({
      method: 'get',
      path: '/api/sinks',
      summary: 'Where alerts are told, and how that goes',
      answer: { status: 200, body: sinkListSchema },
      permission: 'admin',
      handle: () => ok({ sinks: sinks.list() } satisfies SinkList),
    }),
    route({
      method: 'post',
      path: '/api/sinks',
      summary: 'Add a sink',
      answer: { status: 201, body: sinkSchema },
      permission: 'admin',
      body: sinkInput,
      handle: async ({ body }) => {
        const sink = await withField(body, () => sinks.add(body));
        if (sink === undefined)
          throw new ProblemError(409, 'too-many-sinks', 'There are too many sinks already.');
        return { status: 201, json: sink };
      },
    }),
    route({
      method: 'post',
      path: '/api/sinks/test',
      summary: 'Send a test message with these settings, which are not kept',
      answer: { status: 200, body: testSchema },
      permission: 'admin',
      body: sinkInput,
      handle: async ({ body }) => {
        if (testing >= testsAtOnce) {
          throw new ProblemError(429, 'too-many-tests', 'Other tests are under way.', undefined, 10);
        }
        testing++;
        try {
          return ok(await sinks.test(body));
        } finally {
          testing--;
        }
      },
    }),
    route({
      method: 'put',
      path: '/api/sinks/:id',
      summary: 'Change a sink; without a secret the stored one is kept',
      answer: { status: 200, body: sinkSchema },
      permission: 'admin',
      params: byId,
      body: sinkInput,
      handle: async ({ params: { id }, body }) =>
        ok((await withField(body, () => sinks.change(id, body))) ?? sinkNotFound()),
    }),
    route({
      method: 'delete',
      path: '/api/sinks/:id',
      summary: 'Remove a sink and its messages',
      answer: { status: 204 },
      permission: 'admin',
      params: byId,
      handle: async ({ params: { id } }) => ((await sinks.remove(id)) ? { status: 204 } : sinkNotFound()),
    }),
    route({
      method: 'get',
      path: '/api/sinks/:id/outbox',
      summary: 'The newest messages of a sink: waiting, sent or given up',
      answer: { status: 200, body: outboxSchema },
      permission: 'admin',
      params: byId,
      query: z.strictObject({ state: itemState.optional() }),
      handle: ({ params: { id }, query: { state } }) => ok(sinks.messages(id, state) ?? sinkNotFound()),
    }),
    route({
      method: 'post',
      path: '/api/sinks/:id/replay',
      summary: 'Send messages again: these, or all that were given up',
      answer: { status: 200, body: replaySchema },
      permission: 'admin',
      params: byId,
      body: someItems,
      handle: ({ params: { id }, body: { items } }) =>
        ok({ queued: sinks.replay(id, items) ?? sinkNotFound() }),
    }),
    route({
      method: 'post',
      path: '/api/sinks/:id/drop',
      summary: 'Forget messages that were not sent: these, or all that were given up',
      answer: { status: 200, body: dropSchema },
      permission: 'admin',
      params: byId,
      body: someItems,
      handle: ({ params: { id }, body: { items } }) =>
        ok({ dropped: sinks.drop(id, items) ?? sinkNotFound() }),
    }),
  ];
}

function sinkNotFound(): never {
  throw new ProblemError(404, 'sink-not-found', 'There is no such sink.');
}

/** An address that may not be called is a field that is wrong. */
async function withField<T>({ settings }: SinkInput, work: () => T): Promise<Awaited<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefusedAddressError)) throw error;
    const pointer = settings.kind === 'email' ? '/settings/host' : '/settings/url';
    throw new ProblemError(400, 'invalid-field', error.message, [{ pointer, detail: error.rule }]);
  }
}
