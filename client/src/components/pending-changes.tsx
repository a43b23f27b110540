import { useServices } from '../services.js';
import { textOf } from '../state/setting-control.js';
import { Icon } from './icon.js';
import type { Settings } from './use-settings.js';

/** What was typed and is not saved: each change from what to what, and the button that saves them all. */
export function PendingChanges({ settings }: { readonly settings: Settings }) {
  const { strings } = useServices();
  const t = strings.tools.settings;
  const { rows, saving, saved, failure, view } = settings;
  const changed = rows.filter((row) => row.changed);
  return (
    <section class="panel pending" aria-labelledby="pending" data-testid="pending">
      <h2 id="pending">{t.pending}</h2>
      {/* Always there, so that what comes into it is read out. */}
      <div role="status">
        {saved && <p class="notice notice-good">{view?.waiting.length === 0 ? t.saved : t.savedWaiting}</p>}
      </div>
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {strings.notice.actionFailed(failure)}
        </p>
      )}
      {changed.length === 0 ? (
        <p class="quiet">{t.none}</p>
      ) : (
        <ul class="rows">
          {changed.map(({ setting: { key, value, live }, control, text, problem }) => (
            <li key={key}>
              <span class="pending-change">
                <code>{key}</code>
                {!live && <span class="badge">{t.needsRestart}</span>}
                <span>
                  <del>{textOf(value, control) || t.noValue}</del> → <ins>{text || t.noValue}</ins>
                </span>
                {problem !== undefined && <span class="pending-problem">{problem}</span>}
              </span>
              <button
                type="button"
                class="icon-button"
                aria-label={t.takeBack(key)}
                onClick={() => settings.type(key, undefined)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">{t.secrets}</p>
      <footer class="actions">
        <button
          type="button"
          class="button"
          disabled={changed.length === 0 || saving}
          onClick={() => settings.discard()}
        >
          {t.discard}
        </button>
        <button type="submit" class="button button-primary" disabled={changed.length === 0 || saving}>
          {saving ? t.saving : t.save}
        </button>
      </footer>
    </section>
  );
}
