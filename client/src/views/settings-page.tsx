import { useEffect, useRef } from 'preact/hooks';
import { FullPageNote } from '../components/full-page-note.js';
import { PageHead } from '../components/page-head.js';
import { PendingChanges } from '../components/pending-changes.js';
import { SettingField } from '../components/setting-field.js';
import { SettingShown } from '../components/setting-shown.js';
import { type SettingRow, type Settings, useSettings } from '../components/use-settings.js';
import { useServices } from '../services.js';

/**
 * The configuration as a form: where each value comes from, what a change needs, and all changes before they are saved. Operators
 * see it without fields.
 */
export function SettingsPage() {
  const { session, strings } = useServices();
  const t = strings.tools.settings;
  if (!session.can('operate'))
    return <FullPageNote whole icon="warning" title={t.title} text={t.noPermission} />;
  return <SettingsForm />;
}

function SettingsForm() {
  const { session, strings } = useServices();
  const t = strings.tools.settings;
  const settings = useSettings();
  const mayChange = session.can('admin');
  const form = useRef<HTMLFormElement>(null);
  const { wrong } = settings;
  useEffect(() => {
    if (wrong > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [wrong]);
  const { view, loadError, rows } = settings;
  if (view === undefined) {
    if (loadError === undefined) return <FullPageNote whole busy title={t.loading} />;
    return (
      <FullPageNote whole icon="warning" title={t.errorTitle} text={loadError}>
        <button type="button" class="button button-primary" onClick={() => settings.reload()}>
          {strings.wall.tryAgain}
        </button>
      </FullPageNote>
    );
  }
  return (
    <div class="tool-page" data-testid="settings-page">
      <PageHead title={t.title} />
      {mayChange ? <p class="quiet">{t.intro(view.file)}</p> : <p class="notice notice-warn">{t.readOnly}</p>}
      {view.problems.length > 0 && (
        <div class="notice notice-bad" role="alert">
          <div>
            <p>{t.fileProblems}</p>
            <ul>
              {view.problems.map(({ where, key, rule }) => (
                <li key={`${where} ${key}`}>
                  {where}: {key} {rule}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {view.waiting.length > 0 && (
        <p class="notice notice-warn" role="status">
          {t.waiting(view.waiting.join(', '))}
        </p>
      )}
      <form
        ref={form}
        class="settings-layout"
        data-fixed={!mayChange}
        onSubmit={(event) => {
          event.preventDefault();
          settings.save();
        }}
      >
        <div class="setting-groups">
          {groupsOf(rows).map(([name, members]) => (
            <Group key={name} name={name} rows={members} settings={settings} mayChange={mayChange} />
          ))}
        </div>
        {mayChange && <PendingChanges settings={settings} />}
      </form>
    </div>
  );
}

interface GroupProps {
  readonly name: string;
  readonly rows: readonly SettingRow[];
  readonly settings: Settings;
  readonly mayChange: boolean;
}

function Group({ name, rows, settings, mayChange }: GroupProps) {
  const { strings } = useServices();
  const t = strings.tools.settings;
  const titles: Readonly<Record<string, string>> = t.groups;
  return (
    <section class="panel" aria-labelledby={`group-${name}`}>
      <h2 id={`group-${name}`}>{name === '' ? t.general : (titles[name] ?? name)}</h2>
      {rows.map((row) =>
        mayChange ? (
          <SettingField
            key={row.setting.key}
            row={row}
            waits={settings.view?.waiting.includes(row.setting.key) ?? false}
            onType={(text) => settings.type(row.setting.key, text)}
          />
        ) : (
          <SettingShown key={row.setting.key} row={row} />
        ),
      )}
    </section>
  );
}

/** The settings by the first part of their key; those without one come together, first. */
function groupsOf(rows: readonly SettingRow[]): [string, SettingRow[]][] {
  const groups = new Map<string, SettingRow[]>([['', []]]);
  for (const row of rows) {
    const { key } = row.setting;
    const name = key.includes('.') ? (key.split('.', 1)[0] ?? '') : '';
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups].filter(([, members]) => members.length > 0);
}
