import { performance } from 'node:perf_hooks';
import type { KnownSecrets } from '../secrets/known-secrets.js';
import type { Vault } from '../secrets/vault.js';
import { Secret } from '../../streams/secret/secret.js';
import type { Outbox, SinkInput, SinkTestResult, SinkView } from '../http/sink-api.js';
import type { OutboxStore } from '../storage/outbox-store.js';
import type { SinkStore, StoredSink } from '../storage/sink-store.js';
import { type Carrier, deliveryError } from './delivery.js';
import type { HomeCamera } from './home-assistant.js';
import type { MqttCarrier } from './mqtt-carrier.js';
import { type Notice, titleOf } from './notice.js';
import { OutboxWorker } from './outbox-worker.js';
import type { ReportReader } from './report-desk.js';

/** What a desk stands on. */
export interface SinkDeskOptions {
  readonly store: SinkStore;
  readonly outbox: OutboxStore;
  readonly vault: Vault;
  readonly known: KnownSecrets;
  /** Makes what carries messages to a sink; `trial` for one that sends a test message and keeps nothing. */
  readonly carrierOf: (
    sink: Pick<StoredSink, 'settings'>,
    secret: Secret | undefined,
    trial?: boolean,
  ) => Carrier | MqttCarrier;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly newId: () => string;
  readonly onProblem: (error: unknown) => void;
  /** Told of each sink that was removed. */
  readonly onRemoved?: (sinkId: string) => void;
}

/** The one place where sinks are added, changed, tried and fed. */
export interface SinkDesk {
  list(): SinkView[];
  /** @returns undefined when there are too many sinks */
  add(input: SinkInput): SinkView | undefined;
  /** @returns undefined when there is no such sink */
  change(sinkId: string, input: SinkInput): Promise<SinkView | undefined>;
  /** Its messages are forgotten. @returns false when there is no such sink */
  remove(sinkId: string): Promise<boolean>;
  /** Sends a test message past the outbox and tells exactly what came of it; keeps nothing. */
  test(input: SinkInput): Promise<SinkTestResult>;
  /** The newest messages. @returns undefined when there is no such sink */
  messages(sinkId: string, state: Outbox['items'][number]['state'] | undefined): Outbox | undefined;
  /** Sends messages again. @returns how many; undefined when there is no such sink */
  replay(sinkId: string, items: readonly number[] | undefined): number | undefined;
  /** Forgets messages that were not sent: these, or all that were given up. @returns how many; undefined when there is no such sink */
  drop(sinkId: string, items: readonly number[] | undefined): number | undefined;
  /** Sinks that are switched on. */
  active(): readonly { readonly sinkId: string; readonly kind: SinkInput['settings']['kind'] }[];
  /** Those of them that get the daily report. */
  reportReaders(): readonly ReportReader[];
  /** Something was put into the outboxes of these sinks. */
  wake(sinkIds: Iterable<string>): void;
  /** A camera's figures, state or alerts changed: for brokers. @param home is asked only where there is one */
  tell(home: () => HomeCamera): void;
  /** A camera is gone: for brokers. */
  forget(cameraId: string): void;
  /** Stops everything; what waits is sent after the next start. Idempotent. */
  close(): Promise<void>;
}

/** Sinks at most. */
const mostSinks = 20;
const messagesShown = 100;

interface Running {
  readonly worker: OutboxWorker;
  readonly carrier: Carrier | MqttCarrier;
}

/** Makes the desk and starts the stored sinks. */
export function createSinkDesk(options: SinkDeskOptions): SinkDesk {
  const { store, outbox, vault, known, now } = options;
  const sinks = new Map(store.list().map((sink) => [sink.sinkId, sink]));
  const running = new Map<string, Running>();

  const purpose = (sinkId: string): string => `sink ${sinkId}`;
  const secretOf = ({ sinkId, sealed }: StoredSink): Secret | undefined => {
    const text = sealed === undefined ? undefined : vault.open(sealed, purpose(sinkId));
    known.remember(purpose(sinkId), text === undefined ? [] : [text]);
    return text === undefined ? undefined : new Secret(text);
  };
  const start = (sink: StoredSink): void => {
    if (!sink.enabled) return;
    const { random, onProblem } = options;
    const carrier = options.carrierOf(sink, secretOf(sink));
    const worker = new OutboxWorker({ sinkId: sink.sinkId, carrier, outbox, now, random, onProblem });
    running.set(sink.sinkId, { worker, carrier });
    worker.wake();
  };
  const stop = async (sinkId: string): Promise<void> => {
    const found = running.get(sinkId);
    running.delete(sinkId);
    await found?.worker.close();
  };
  const viewOf = ({ sinkId, name, enabled, settings, sealed }: StoredSink): SinkView => {
    const now = running.get(sinkId);
    const unreadable = sealed !== undefined && vault.open(sealed, purpose(sinkId)) === undefined;
    const problem = unreadable ? 'the stored secret cannot be opened: enter it again' : now?.worker.problem;
    return {
      ...{ sinkId, name, enabled, settings },
      hasSecret: sealed !== undefined,
      ...outbox.counts(sinkId),
      ...(problem === undefined ? {} : { problem: known.inText(problem) }),
      ...(now?.carrier.connected === undefined ? {} : { connected: now.carrier.connected }),
    };
  };
  const put = (sinkId: string, { name, enabled, settings, secret }: SinkInput): StoredSink => {
    const kept = sinks.get(sinkId)?.sealed;
    const given = secret === undefined || secret === '' ? undefined : vault.seal(secret, purpose(sinkId));
    const sink = { sinkId, name, enabled, settings, sealed: secret === undefined ? kept : given };
    store.put(sink, now());
    sinks.set(sinkId, sink);
    return sink;
  };
  const brokers = (): MqttCarrier[] =>
    [...running.values()].flatMap(({ carrier }) => ('tell' in carrier ? [carrier] : []));

  for (const sink of sinks.values()) start(sink);
  return {
    list: () => [...sinks.values()].map(viewOf),
    add: (input) => {
      if (sinks.size >= mostSinks) return undefined;
      const sink = put(options.newId(), input);
      start(sink);
      return viewOf(sink);
    },
    change: async (sinkId, input) => {
      if (!sinks.has(sinkId)) return undefined;
      const sink = put(sinkId, input);
      await stop(sinkId);
      start(sink);
      return viewOf(sink);
    },
    remove: async (sinkId) => {
      if (!sinks.delete(sinkId)) return false;
      store.remove(sinkId);
      options.onRemoved?.(sinkId);
      const carrier = running.get(sinkId)?.carrier;
      if (carrier !== undefined && 'wipe' in carrier) await carrier.wipe();
      await stop(sinkId);
      outbox.forget(sinkId);
      known.remember(purpose(sinkId), []);
      return true;
    },
    test: async ({ settings, secret, sinkId }) => {
      const stored = sinkId === undefined ? undefined : sinks.get(sinkId);
      const kept = stored === undefined ? undefined : secretOf(stored);
      const used = secret === undefined || secret === '' ? kept : new Secret(secret);
      const startedMs = performance.now();
      const carrier = options.carrierOf({ settings }, used, true);
      const finished = (ok: boolean, detail: string): SinkTestResult => ({
        ok,
        detail:
          used === undefined ? known.inText(detail) : known.inText(detail).replaceAll(used.reveal(), '***'),
        milliseconds: Math.round(performance.now() - startedMs),
      });
      try {
        const notice: Notice = { type: 'test', at: now() };
        const delivery = { deliveryId: options.newId(), attempt: 1, notice };
        return finished(true, await carrier.deliver(delivery, AbortSignal.timeout(20_000)));
      } catch (error) {
        return finished(false, deliveryError(error).message);
      } finally {
        await carrier.close();
      }
    },
    messages: (sinkId, state) => {
      if (!sinks.has(sinkId)) return undefined;
      const rows = outbox.list(sinkId, state, messagesShown);
      // A failure holds back what waits behind it, too.
      const restUntil = running.get(sinkId)?.worker.restUntil ?? 0;
      return {
        items: rows.map(({ itemId, createdAt, dueAt, attempts, error, finishedAt, message, ...row }) => ({
          ...{
            itemId,
            state: row.state,
            title: titleOf(JSON.parse(message) as Notice),
            createdAt,
            dueAt: row.state === 'waiting' ? Math.max(dueAt, restUntil) : dueAt,
            attempts,
          },
          ...(error === undefined ? {} : { error: known.inText(error) }),
          ...(finishedAt === undefined ? {} : { finishedAt }),
        })),
      };
    },
    replay: (sinkId, items) => {
      if (!sinks.has(sinkId)) return undefined;
      const queued = outbox.replay(sinkId, items, now());
      running.get(sinkId)?.worker.wake(true);
      return queued;
    },
    drop: (sinkId, items) => (sinks.has(sinkId) ? outbox.drop(sinkId, items) : undefined),
    active: () =>
      [...sinks.values()]
        .filter(({ enabled }) => enabled)
        .map(({ sinkId, settings: { kind } }) => ({ sinkId, kind })),
    reportReaders: () =>
      [...sinks.values()].flatMap(({ sinkId, enabled, settings }) =>
        enabled && settings.kind === 'email' && settings.dailyReport !== undefined
          ? [{ sinkId, ...settings.dailyReport }]
          : [],
      ),
    wake: (sinkIds) => {
      for (const sinkId of sinkIds) running.get(sinkId)?.worker.wake();
    },
    tell: (home) => {
      const found = brokers();
      if (found.length === 0) return;
      const camera = home();
      for (const broker of found) broker.tell(camera);
    },
    forget: (cameraId) => {
      for (const broker of brokers()) broker.forget(cameraId);
    },
    close: async () => {
      await Promise.all([...running.keys()].map(stop));
    },
  };
}
