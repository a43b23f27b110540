import type { SettingControl } from '../state/setting-control.js';
import { useServices } from '../services.js';

interface SettingInputProps {
  readonly id: string;
  readonly control: SettingControl;
  readonly text: string;
  readonly disabled: boolean;
  readonly invalid: boolean;
  /** Shown where nothing is typed: the value that holds then. */
  readonly preset: string;
  readonly onType: (text: string) => void;
}

/** The field for a setting, as its kind of value wants it. */
export function SettingInput({ id, control, text, disabled, invalid, preset, onType }: SettingInputProps) {
  const words = useServices().strings.tools.settings;
  const shared = {
    id,
    disabled,
    'aria-invalid': invalid,
    'aria-describedby': `${id}-note`,
  };
  if (control.kind === 'choice' || control.kind === 'switch') {
    const options =
      control.kind === 'choice'
        ? control.options.map((option) => [option, option] as const)
        : ([
            ['true', words.yes],
            ['false', words.no],
          ] as const);
    return (
      <select {...shared} value={text} onChange={(event) => onType(event.currentTarget.value)}>
        {text === '' && <option value="">{words.noValue}</option>}
        {options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    );
  }
  if (control.kind === 'lines' || control.kind === 'json') {
    return (
      <textarea
        {...shared}
        rows={Math.min(12, Math.max(2, text.split('\n').length))}
        spellcheck={false}
        value={text}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    );
  }
  return (
    <input
      {...shared}
      type="text"
      inputMode={control.kind === 'number' ? 'decimal' : 'text'}
      autocomplete="off"
      spellcheck={false}
      placeholder={preset}
      value={text}
      onInput={(event) => onType(event.currentTarget.value)}
    />
  );
}
