/** The part of a JSON Schema that forms are made from. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** How a value is edited. */
export type SettingControl =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'number'; readonly whole: boolean; readonly least?: number; readonly most?: number }
  | { readonly kind: 'text' }
  /** Texts, one a line. */
  | { readonly kind: 'lines' }
  /** Whatever has no form of its own, as JSON. */
  | { readonly kind: 'json' };

/** A text that was read as a value; null takes the key out of the file. */
export type SettingReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: 'number' | 'json' };

/** Whole numbers without a bound of their own are given JavaScript's, which say nothing to people. */
const farthest = 1e9;

/**
 * The control for a dotted key.
 *
 * @param schema of the whole configuration
 */
export function controlOf(schema: JsonSchema, key: string): SettingControl {
  let found: JsonSchema | undefined = schema;
  for (const part of key.split('.')) found = found?.properties?.[part];
  if (found?.enum) return { kind: 'choice', options: found.enum.map(String) };
  if (found?.type === 'boolean') return { kind: 'switch' };
  if (found?.type === 'string') return { kind: 'text' };
  if (found?.type === 'array' && found.items?.type === 'string') return { kind: 'lines' };
  return found?.type === 'number' || found?.type === 'integer' ? numberControl(found) : { kind: 'json' };
}

function numberControl({ type, minimum, maximum }: JsonSchema): SettingControl {
  return {
    kind: 'number',
    whole: type === 'integer',
    ...(minimum !== undefined && minimum > -farthest && { least: minimum }),
    ...(maximum !== undefined && maximum < farthest && { most: maximum }),
  };
}

/** A value as the control's text; empty where there is none. */
export function textOf(value: unknown, control: SettingControl): string {
  if (value === undefined || value === null) return '';
  if (control.kind === 'json') return JSON.stringify(value, null, 2);
  if (control.kind === 'lines' && Array.isArray(value)) return value.join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Reads a control's text. Nothing means that the key is to be taken out of the file. */
export function readSetting(text: string, control: SettingControl): SettingReading {
  const trimmed = text.trim();
  if (control.kind === 'lines') {
    const lines = trimmed.split('\n').map((line) => line.trim());
    return { ok: true, value: lines.filter((line) => line !== '') };
  }
  if (trimmed === '') return { ok: true, value: null };
  if (control.kind === 'switch') return { ok: true, value: trimmed === 'true' };
  if (control.kind === 'number') {
    const value = Number(trimmed);
    return Number.isFinite(value) ? { ok: true, value } : { ok: false, problem: 'number' };
  }
  if (control.kind !== 'json') return { ok: true, value: trimmed };
  try {
    return { ok: true, value: JSON.parse(trimmed) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, problem: 'json' };
    throw error;
  }
}
