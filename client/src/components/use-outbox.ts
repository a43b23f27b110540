import { useEffect, useState } from 'preact/hooks';
import type { OutboxItem, SinkView } from '../../../server/http/sink-api.js';
import { messageOf } from '../api/api-error.js';
import { Poller } from '../live/poller.js';
import { useServices } from '../services.js';

/** A sink with its newest messages. */
export interface SinkOutbox {
  readonly sink: SinkView;
  readonly items: readonly OutboxItem[];
}

/** What waits, what was given up and what was sent. */
export interface OutboxControl {
  /** Undefined until it came. */
  readonly outboxes: readonly SinkOutbox[] | undefined;
  /** Why the last reading or change failed. */
  readonly failure: string | undefined;
  /** Sends again: these, or all of a sink that were given up. */
  readonly replay: (sinkId: string, items?: readonly number[]) => void;
  /** Forgets: these, or all of a sink that were given up. */
  readonly drop: (sinkId: string, items?: readonly number[]) => void;
}

const lookMs = 4000;

/** Reads the outboxes of all sinks, again and again while they are looked at. */
export function useOutbox(): OutboxControl {
  const { api } = useServices();
  const [outboxes, setOutboxes] = useState<readonly SinkOutbox[]>();
  const [failure, setFailure] = useState<string>();

  async function carefully(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      const sinks = await api.sinks();
      setOutboxes(
        await Promise.all(sinks.map(async (sink) => ({ sink, items: await api.outbox(sink.sinkId) }))),
      );
      setFailure(undefined);
    } catch (error) {
      setFailure(messageOf(error));
    }
  }
  useEffect(() => {
    const poller = new Poller(() => carefully(() => Promise.resolve()), lookMs);
    return () => poller.close();
  }, []);

  return {
    outboxes,
    failure,
    replay: (sinkId, items) => void carefully(() => api.replaySink(sinkId, items)),
    drop: (sinkId, items) => void carefully(() => api.dropMessages(sinkId, items)),
  };
}
