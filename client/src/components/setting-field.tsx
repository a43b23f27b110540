import { useId } from 'preact/hooks';
import { useServices } from '../services.js';
import { textOf } from '../state/setting-control.js';
import { SettingInput } from './setting-input.js';
import type { SettingRow } from './use-settings.js';

interface SettingFieldProps {
  readonly row: SettingRow;
  /** Changed earlier, and in force only after a restart. */
  readonly waits: boolean;
  readonly onType: (text: string) => void;
}

/** One setting: its key, what it is for, where its value comes from, whether a change needs a restart, and its field. */
export function SettingField({ row, waits, onType }: SettingFieldProps) {
  const { strings } = useServices();
  const t = strings.tools.settings;
  const id = useId();
  const { setting, control, text, changed, problem } = row;
  const { key, origin, live, description } = setting;
  const elsewhere = origin === 'environment' || origin === 'flag' ? t.elsewhere[origin] : undefined;
  const preset = textOf(setting.preset, control);
  const canReset = origin === 'file' && text !== preset && control.kind !== 'json';
  return (
    <div class="field setting" data-invalid={problem !== undefined} data-changed={changed} data-key={key}>
      <div class="setting-head">
        <label for={id}>
          <code>{key}</code>
        </label>
        <span class="badge">{t.origin[origin]}</span>
        {!live && <span class="badge">{t.needsRestart}</span>}
        {waits && <span class="badge badge-demo">{t.waits}</span>}
      </div>
      <SettingInput
        id={id}
        control={control}
        text={text}
        disabled={elsewhere !== undefined}
        invalid={problem !== undefined}
        preset={preset}
        onType={onType}
      />
      <p id={`${id}-note`} class="field-note">
        {problem ?? [sentence(description), rule(), elsewhere].filter((part) => part).join(' ')}
      </p>
      {canReset && (
        <button type="button" class="button button-small" onClick={() => onType(preset)}>
          {t.useDefault}
        </button>
      )}
    </div>
  );

  /** What may be typed, where the field does not show it. */
  function rule(): string {
    if (control.kind === 'lines') return t.lines;
    if (control.kind === 'json') return t.json;
    if (control.kind === 'number' && control.least !== undefined && control.most !== undefined)
      return t.between(control.least, control.most);
    return '';
  }
}

function sentence(text: string): string {
  return text === '' || text.endsWith('.') ? text : `${text}.`;
}
