import { useServices } from '../services.js';
import { isLanguageCode, languageNames } from '../strings/language.js';
import { Icon } from './icon.js';

/** The choice of the language, each called by its own name so that its reader finds it. */
export function LanguageSwitch() {
  const { strings, language } = useServices();
  return (
    <span class="language-switch">
      <Icon name="globe" />
      <select
        aria-label={strings.app.language}
        value={language.spoken.value.code}
        onChange={({ currentTarget: { value } }) => {
          if (isLanguageCode(value)) void language.choose(value);
        }}
      >
        {Object.entries(languageNames).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
