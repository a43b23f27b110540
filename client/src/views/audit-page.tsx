import { useEffect, useState } from 'preact/hooks';
import type { AuditEntryView } from '../../../server/http/access-api.js';
import type { AuditQuery } from '../api/access-api.js';
import { messageOf } from '../api/api-error.js';
import { AuditTable } from '../components/audit-table.js';
import { SelectField, TextField } from '../components/field.js';
import { Icon } from '../components/icon.js';
import { LoadNote } from '../components/load-note.js';
import { RouteLink } from '../components/route-link.js';
import { useServices } from '../services.js';

const pageSize = 50;

/** The audit log, for admins: the newest first, by person and camera, page by page. */
export function AuditPage() {
  const { access, store, strings } = useServices();
  const t = strings.audit;
  const [actor, setActor] = useState('');
  const [camera, setCamera] = useState('');
  const [asked, setAsked] = useState<AuditQuery>({});
  const [entries, setEntries] = useState<readonly AuditEntryView[]>();
  const [next, setNext] = useState<string>();
  const [failure, setFailure] = useState<string>();

  async function read(query: AuditQuery, before: readonly AuditEntryView[]): Promise<void> {
    setFailure(undefined);
    try {
      const page = await access.audit({ ...query, limit: pageSize });
      setEntries([...before, ...page.entries]);
      setNext(page.next);
    } catch (error) {
      setFailure(messageOf(error));
    }
  }
  useEffect(() => void read(asked, []), [asked]);

  return (
    <div class="account-page" data-testid="audit-page">
      <header class="page-head">
        <RouteLink to={{ view: 'account' }} class="icon-button" label={strings.access.account}>
          <Icon name="back" />
        </RouteLink>
        <h1>{t.title}</h1>
      </header>
      <p class="quiet">{t.intro}</p>
      <form
        class="panel audit-filter"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({ ...(actor.trim() && { actor: actor.trim() }), ...(camera && { camera }) });
        }}
      >
        <TextField
          label={t.actor}
          hint={t.actorHint}
          value={actor}
          onInput={setActor}
          input={{ maxLength: 120 }}
        />
        <SelectField label={t.camera} value={camera} onChange={setCamera}>
          <option value="">{t.everyCamera}</option>
          {store.cameras.value.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <footer>
          <button type="submit" class="button">
            {t.show}
          </button>
        </footer>
      </form>
      <LoadNote value={entries} failure={failure} onRetry={() => void read(asked, [])} />
      {entries?.length === 0 && (
        <div class="panel">
          <h2>{t.empty}</h2>
          <p class="muted">{t.emptyHint}</p>
        </div>
      )}
      {entries !== undefined && entries.length > 0 && <AuditTable entries={entries} />}
      {next !== undefined && (
        <button
          type="button"
          class="button"
          onClick={() => void read({ ...asked, after: next }, entries ?? [])}
        >
          {t.more}
        </button>
      )}
    </div>
  );
}
