import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';

/** Something that was read from the server. */
export interface Loaded<T> {
  /** Undefined until it came. */
  readonly value: T | undefined;
  /** Why the last reading or change failed. */
  readonly failure: string | undefined;
  /** Does something and reads afresh. @returns whether it worked */
  readonly change: (work: () => Promise<unknown>) => Promise<boolean>;
  /** Reads once more. */
  readonly reload: () => void;
}

/** Reads something when the component appears, again after each change, and when the server is back that was out of reach. */
export function useLoaded<T>(read: () => Promise<T>): Loaded<T> {
  const { store } = useServices();
  const { phase } = store.connection.value;
  const [value, setValue] = useState<T>();
  const [failure, setFailure] = useState<string>();
  async function change(work: () => Promise<unknown>): Promise<boolean> {
    setFailure(undefined);
    try {
      await work();
      setValue(await read());
      return true;
    } catch (error) {
      setFailure(messageOf(error));
      return false;
    }
  }
  const reload = (): void => void change(() => Promise.resolve());
  useEffect(reload, []);
  useEffect(() => {
    if (phase === 'online' && failure !== undefined && value === undefined) reload();
  }, [phase]);
  return { value, failure, change, reload };
}
