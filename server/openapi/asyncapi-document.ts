import { eventSchemas, subscribeReplySchema } from '../realtime/event-schemas.js';
import { subscribeRequestSchema } from '../realtime/subscribe-request.js';
import { joinComponents, type JsonSchema, toJsonSchemas } from './json-schema.js';
import { interfaceVersion } from './openapi-document.js';

/** One message that goes over a socket. */
export interface EventMessage {
  readonly name: string;
  readonly summary?: string;
  readonly contentType: 'application/json';
  readonly payload: JsonSchema;
}

/** An AsyncAPI 3 document. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly info: Readonly<Record<string, unknown>>;
  readonly defaultContentType: 'application/json';
  readonly channels: Readonly<Record<string, unknown>>;
  readonly operations: Readonly<Record<string, unknown>>;
  readonly components: {
    readonly messages: Readonly<Record<string, EventMessage>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
}

const requestMeanings = {
  subscribe: 'What to send from now on; with a cursor, first what was missed. Replaces the one before.',
  subscribed: 'The acknowledgement of `subscribe`.',
} as const;

/**
 * Writes the socket's events down as AsyncAPI 3 (https://www.asyncapi.com/docs/reference/specification/v3.0.0), as seen
 * from the server: one channel for the namespace, one message for each event.
 */
export function asyncApiDocument(): AsyncApiDocument {
  const sent = toJsonSchemas({ ...eventSchemas, subscribed: subscribeReplySchema }, 'output');
  const received = toJsonSchemas({ subscribe: subscribeRequestSchema }, 'input');
  const payloads = { ...sent.schemas, ...received.schemas };
  const meanings: Readonly<Record<string, string | undefined>> = {
    ...Object.fromEntries(Object.entries(eventSchemas).map(([name, schema]) => [name, schema.description])),
    ...requestMeanings,
  };
  const messages = Object.fromEntries(
    Object.entries(payloads).map(([name, payload]): [string, EventMessage] => {
      const summary = meanings[name];
      return [
        name,
        { name, ...(summary === undefined ? {} : { summary }), contentType: 'application/json', payload },
      ];
    }),
  );
  const channel = { $ref: '#/channels/events' };
  const message = (name: string): { $ref: string } => ({ $ref: `#/channels/events/messages/${name}` });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Maskwatch events',
      version: interfaceVersion,
      description:
        'Events over socket.io (protocol 5) at `/socket.io`. A socket sends `subscribe` and gets what it asked for. Durable events carry a cursor: whoever comes back with the last one seen gets exactly what was missed. Events may gain fields; `v` changes when a client would have to.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: {
      events: {
        address: '/socket.io',
        title: 'The default namespace',
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      ...Object.fromEntries(
        Object.keys(eventSchemas).map((name) => [
          name,
          { action: 'send', channel, messages: [message(name)] },
        ]),
      ),
      subscribe: {
        action: 'receive',
        channel,
        messages: [message('subscribe')],
        reply: { channel, messages: [message('subscribed')] },
      },
    },
    components: { messages, schemas: joinComponents(sent.components, received.components) },
  };
}
