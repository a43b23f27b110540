import { useEffect, useState } from 'preact/hooks';
import type { ConfigView, SettingView } from '../../../server/http/config-api.js';
import { ApiError, messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import {
  controlOf,
  type JsonSchema,
  readSetting,
  type SettingControl,
  textOf,
} from '../state/setting-control.js';
import { keyOfPointer, patchOf } from '../state/setting-patch.js';

/** One setting with what is typed for it. */
export interface SettingRow {
  readonly setting: SettingView;
  readonly control: SettingControl;
  /** What the field shows. */
  readonly text: string;
  readonly changed: boolean;
  /** What is wrong with it. */
  readonly problem: string | undefined;
}

/** The settings, the changes that were typed, and what can be done with them. */
export interface Settings {
  /** Undefined until they came. */
  readonly view: ConfigView | undefined;
  readonly rows: readonly SettingRow[];
  readonly loadError: string | undefined;
  readonly saving: boolean;
  readonly saved: boolean;
  /** Why saving did not work, where it is no single field's fault. */
  readonly failure: string | undefined;
  /** Grows each time that values turn out wrong: then the first of them is to be gone to. */
  readonly wrong: number;
  reload(): void;
  /** Types a value; undefined takes the change back. */
  type(key: string, text: string | undefined): void;
  /** Takes back everything that was typed. */
  discard(): void;
  save(): void;
}

/** Reads the settings and their rules, holds what is typed, and saves all of it at once. */
export function useSettings(): Settings {
  const { config, strings } = useServices();
  const words = strings.tools.settings;
  const [view, setView] = useState<ConfigView>();
  const [schema, setSchema] = useState<JsonSchema>({});
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [wrong, setWrong] = useState(0);
  const [loadError, setLoadError] = useState<string>();
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<string>();

  async function load(): Promise<void> {
    setLoadError(undefined);
    try {
      const [nextView, nextSchema] = await Promise.all([config.read(), config.schema()]);
      setSchema(nextSchema);
      setView(nextView);
    } catch (error) {
      setLoadError(messageOf(error));
    }
  }
  useEffect(() => void load(), []);

  const rows = (view?.settings ?? []).map((setting): SettingRow => {
    const control = controlOf(schema, setting.key);
    const present = textOf(setting.value, control);
    const text = typed.get(setting.key) ?? present;
    const problem = problems.get(setting.key);
    return { setting, control, text, changed: typed.has(setting.key) && text !== present, problem };
  });

  function forget(): void {
    setTyped(new Map());
    setProblems(new Map());
    setFailure(undefined);
  }
  function complain(found: ReadonlyMap<string, string>): void {
    setProblems(found);
    if (found.size > 0) setWrong((now) => now + 1);
  }
  function refused(error: unknown): void {
    const keys = rows.map(({ setting }) => setting.key);
    const found = new Map<string, string>();
    for (const { pointer, detail } of error instanceof ApiError ? error.fields : []) {
      const key = keyOfPointer(pointer, keys);
      if (key !== undefined && !found.has(key)) found.set(key, detail);
    }
    complain(found);
    if (found.size === 0) setFailure(messageOf(error));
  }
  async function save(): Promise<void> {
    const changes = new Map<string, unknown>();
    const unread = new Map<string, string>();
    for (const { setting, control, text, changed } of rows) {
      if (!changed) continue;
      const reading = readSetting(text, control);
      if (reading.ok) changes.set(setting.key, reading.value);
      else unread.set(setting.key, reading.problem === 'number' ? words.number : words.badJson);
    }
    complain(unread);
    setFailure(undefined);
    setSaved(false);
    if (unread.size > 0 || changes.size === 0) return;
    setSaving(true);
    try {
      setView(await config.change(patchOf(changes)));
      forget();
      setSaved(true);
    } catch (error) {
      refused(error);
    } finally {
      setSaving(false);
    }
  }

  return {
    view,
    rows,
    loadError,
    saving,
    saved,
    failure,
    wrong,
    reload: () => void load(),
    type: (key, text) => {
      setSaved(false);
      // What is typed anew is not known to be wrong.
      setProblems((now) => new Map([...now].filter(([one]) => one !== key)));
      setTyped((now) => {
        const next = new Map(now);
        if (text === undefined) next.delete(key);
        else next.set(key, text);
        return next;
      });
    },
    discard: forget,
    save: () => {
      if (!saving) void save();
    },
  };
}
