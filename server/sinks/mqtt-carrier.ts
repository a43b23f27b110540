import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { AddressPolicy } from '../addresses/address-policy.js';
import type { LookupAll } from '../addresses/resolve-checked.js';
import type { Secret } from '../../streams/secret/secret.js';
import type { SinkSettings } from '../http/sink-api.js';
import { type Carrier, DeliveryError, deliveryError } from './delivery.js';
import {
  availabilityTopic,
  discoveryMessages,
  type HomeCamera,
  removalMessages,
  type Retained,
  stateMessage,
} from './home-assistant.js';
import { keepDialling } from './keep-dialling.js';

/** Schemes of a broker's address. */
export const brokerSchemes = ['mqtt', 'mqtts', 'ws', 'wss'] as const;

/** What an MQTT carrier needs. */
export interface MqttCarrierOptions {
  readonly settings: Extract<SinkSettings, { kind: 'mqtt' }>;
  readonly secret: Secret | undefined;
  /** Which brokers may be called. */
  readonly policy: AddressPolicy;
  /** Instead of the system's resolver; for tests. */
  readonly lookup?: LookupAll;
  /** Of the server, for Home Assistant. */
  readonly version: string;
  /** All cameras as they are now. */
  readonly cameras: () => readonly HomeCamera[];
  /**
   * Only to send a message or two: nothing is kept on the broker, and no last will is left there, which would say of cameras that
   * another connection keeps that they are gone. Default false.
   */
  readonly trial?: boolean;
  /** Milliseconds to wait for a connection and for an acknowledgement: 10000. */
  readonly patienceMs?: number;
  /** Milliseconds after which a connection that ended is tried again: 5000. */
  readonly retryMs?: number;
}

/** A carrier that also keeps the state of the cameras on the broker. */
export interface MqttCarrier extends Carrier {
  /** Tells what is new of a camera; without a connection it is told when there is one. */
  tell(camera: HomeCamera): void;
  /** The camera is gone. */
  forget(cameraId: string): void;
  /** Takes everything that is retained off the broker; before `close`, when the sink is removed. */
  wipe(): Promise<void>;
}

/**
 * Holds one connection to a broker. State is retained and the newest wins, so it is published when it changes and again after
 * each connect, also when Home Assistant says that it was started. Alerts go out with QoS 1 and count as sent when the broker
 * has acknowledged them. The last will says `offline`.
 */
export function createMqttCarrier(options: MqttCarrierOptions): MqttCarrier {
  const { settings, version, cameras, trial = false, patienceMs = 10_000, retryMs = 5000 } = options;
  const availability = availabilityTopic(settings);
  const birth = `${settings.discoveryTopic}/status`;
  /** What the broker has, to publish changes only. */
  const published = new Map<string, string>();
  const client = connect(clientOptions(options));
  let problem = '';
  let closed = false;
  /** Deliveries that wait for a connection look again. */
  const waiting = new Set<() => void>();
  const lookAgain = (): void => {
    for (const look of waiting) look();
  };
  const dialling = keepDialling(client, {
    ...{ url: settings.url, policy: options.policy, lookup: options.lookup, retryMs },
    onRefused: lookAgain,
  });
  client.on('error', (error) => (problem = deliveryError(error).message));
  client.on('close', () => published.clear());

  const publish = ({ topic, payload }: Retained): void => {
    if (!client.connected || published.get(topic) === payload) return;
    published.set(topic, payload);
    client.publish(topic, payload, { qos: 0, retain: true });
  };
  const publishAll = (): void => {
    published.clear();
    publish({ topic: availability, payload: 'online' });
    for (const home of cameras()) {
      for (const message of discoveryMessages(settings, home.camera, version)) publish(message);
      publish(stateMessage(settings, home));
    }
  };
  client.on('connect', () => {
    problem = '';
    if (settings.discovery && !trial) client.subscribe(birth, { qos: 0 });
    if (!trial) publishAll();
    lookAgain();
  });
  client.on('message', (topic, payload) => {
    if (topic === birth && payload.toString() === 'online') publishAll();
  });

  const connected = async (signal: AbortSignal): Promise<void> => {
    let look = (): void => undefined;
    try {
      await within(
        patienceMs,
        signal,
        () => problem || 'the broker did not answer',
        (done) => {
          look = () => {
            if (client.connected) done();
            else if (dialling.refusal !== undefined) done(dialling.refusal);
          };
          waiting.add(look);
          look();
        },
      );
    } finally {
      waiting.delete(look);
    }
  };

  return {
    get connected() {
      return client.connected;
    },
    deliver: async ({ deliveryId, notice }, signal) => {
      await connected(signal);
      const topic = notice.type === 'test' ? `${settings.topic}/test` : `${settings.topic}/alerts`;
      const body = JSON.stringify({ v: 1, deliveryId, ...notice });
      await within(
        patienceMs,
        signal,
        () => 'the broker did not acknowledge the message',
        (done) => {
          client.publish(topic, body, { qos: 1 }, (error) => done(error ?? undefined));
        },
      );
      return `acknowledged by the broker, topic ${topic}`;
    },
    tell: (home) => {
      for (const message of discoveryMessages(settings, home.camera, version)) publish(message);
      publish(stateMessage(settings, home));
    },
    forget: (cameraId) => {
      for (const message of removalMessages(settings, cameraId)) publish(message);
    },
    wipe: async () => {
      if (!client.connected) return;
      for (const { camera } of cameras()) {
        for (const message of removalMessages(settings, camera.id)) publish(message);
      }
      await client.publishAsync(availability, '', { qos: 1, retain: true });
    },
    close: async () => {
      if (closed) return;
      closed = true;
      dialling.end();
      if (!dialling.dialled) return;
      if (!trial) await sayGoodbye(client, availability);
      await client.endAsync(true);
    },
  };
}

function clientOptions({ settings, secret, trial, patienceMs = 10_000 }: MqttCarrierOptions): IClientOptions {
  const { protocol, pathname, search } = new URL(settings.url);
  return {
    protocol: brokerSchemes.find((scheme) => `${scheme}:` === protocol) ?? 'mqtt',
    // Of websockets alone; the library takes it away elsewhere.
    path: `${pathname}${search}`,
    clean: true,
    connectTimeout: patienceMs,
    // Where to is asked and checked before each connection: see keepDialling.
    manualConnect: true,
    reconnectPeriod: 0,
    // The outbox keeps what could not be sent; the library must not keep it a second time.
    queueQoSZero: false,
    rejectUnauthorized: settings.verifyCertificate,
    ...(trial === true
      ? {}
      : {
          will: { topic: availabilityTopic(settings), payload: Buffer.from('offline'), qos: 1, retain: true },
        }),
    ...(settings.username === undefined ? {} : { username: settings.username }),
    ...(secret === undefined ? {} : { password: secret.reveal() }),
  };
}

/** A broker sends the will of who breaks off, not of who says goodbye. */
async function sayGoodbye(client: MqttClient, availability: string): Promise<void> {
  if (!client.connected) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 1000);
    client.publish(availability, 'offline', { qos: 1, retain: true }, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Waits for a callback, at most so long. */
function within(
  ms: number,
  signal: AbortSignal,
  reason: () => string,
  begin: (done: (error?: Error) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      settle();
    };
    const stop = (): void => finish(() => reject(new DeliveryError('stopped')));
    const timer = setTimeout(() => finish(() => reject(new DeliveryError(reason()))), ms);
    signal.addEventListener('abort', stop);
    begin((error) => finish(() => (error === undefined ? resolve() : reject(deliveryError(error)))));
  });
}
