import { useEffect, useState } from 'preact/hooks';
import type { ModelList } from '../../../server/http/api.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';

/** A change that was asked for and is to be confirmed. */
export interface WantedChange {
  readonly name: string;
  readonly rollback: boolean;
}

/** The models as the page holds them, and what can be done with them. */
export interface Models {
  /** Undefined until they came. */
  readonly list: ModelList | undefined;
  /** Why they could not be read. */
  readonly loadError: string | undefined;
  readonly wanted: WantedChange | undefined;
  readonly busy: boolean;
  /** Why the change did not work. */
  readonly failure: string | undefined;
  /** What runs since the last change made here. */
  readonly changedTo: string | undefined;
  reload(): void;
  /** Asks for confirmation; undefined takes it back. */
  want(change: WantedChange | undefined): void;
  confirm(): void;
}

/** Reads the models when the page opens and carries changes out. */
export function useModels(): Models {
  const { api } = useServices();
  const [list, setList] = useState<ModelList>();
  const [loadError, setLoadError] = useState<string>();
  const [wanted, setWanted] = useState<WantedChange>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [changedTo, setChangedTo] = useState<string>();

  async function load(): Promise<void> {
    setLoadError(undefined);
    try {
      setList(await api.models());
    } catch (error) {
      setLoadError(messageOf(error));
    }
  }
  async function change({ name, rollback }: WantedChange): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      const next = await (rollback ? api.rollBackModel() : api.useModel(name));
      setList(next);
      setChangedTo(next.active);
      setWanted(undefined);
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  }
  useEffect(() => {
    void load();
  }, []);
  return {
    list,
    loadError,
    wanted,
    busy,
    failure,
    changedTo,
    reload: () => void load(),
    want: (next) => {
      setWanted(next);
      setFailure(undefined);
    },
    confirm: () => {
      if (wanted !== undefined && !busy) void change(wanted);
    },
  };
}
