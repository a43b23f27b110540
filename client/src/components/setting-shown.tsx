import { useServices } from '../services.js';
import type { SettingRow } from './use-settings.js';

/** One setting for those who cannot change it: its key, its value, what it is for and where the value comes from. */
export function SettingShown({ row }: { readonly row: SettingRow }) {
  const t = useServices().strings.tools.settings;
  const { setting, control, text } = row;
  const { key, origin, description } = setting;
  const switched = text === 'true' ? t.yes : t.no;
  const shown = text === '' ? t.noValue : control.kind === 'switch' ? switched : text;
  return (
    <div class="field setting" data-key={key}>
      <div class="setting-head">
        <code>{key}</code>
        <span class="badge">{t.origin[origin]}</span>
      </div>
      <p class="setting-value">{shown}</p>
      <p class="field-note">{description}</p>
    </div>
  );
}
