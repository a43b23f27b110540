import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';

/** Something that was read from the server. */
export interface Loaded<T> {
  /** Undefined until it came. */
  readonly value: T | undefined;
  /** Why the last reading or change failed. */
  readonly failure: string | undefined;
  /** Does something and reads afresh. @returns whether it worked */
  readonly change: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Reads something when the component appears, and again after each change. */
export function useLoaded<T>(read: () => Promise<T>): Loaded<T> {
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
  useEffect(() => void change(() => Promise.resolve()), []);
  return { value, failure, change };
}
