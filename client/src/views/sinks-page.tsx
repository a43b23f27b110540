import { useState } from 'preact/hooks';
import type { SinkView } from '../../../server/http/sink-api.js';
import { AlertNav } from '../components/alert-nav.js';
import { Icon } from '../components/icon.js';
import { LoadNote } from '../components/load-note.js';
import { SinkForm } from '../components/sink-form.js';
import { useLoaded } from '../components/use-loaded.js';
import { useServices } from '../services.js';

/** Where alerts are told, for admins: list, add, change, try, send again. */
export function SinksPage() {
  const { api, strings } = useServices();
  const t = strings.watch.sinks;
  const { value: sinks, failure, change, reload } = useLoaded(() => api.sinks());
  const [open, setOpen] = useState<SinkView | 'new' | undefined>(undefined);
  return (
    <div class="watch-page" data-testid="sinks-page">
      <AlertNav current="sinks" />
      <LoadNote value={sinks} failure={failure} onRetry={reload} />
      {sinks?.length === 0 && <p class="panel muted">{t.none}</p>}
      <ul class="alert-list">
        {sinks?.map((sink) => (
          <li key={sink.sinkId} class="alert-row" data-testid="sink">
            <div class="alert-head">
              <strong>{sink.name}</strong>
              <span class="badge">{t.kind[sink.settings.kind]}</span>
              {!sink.enabled && <span class="badge">{t.off}</span>}
              {sink.connected !== undefined && (
                <span class="badge">{sink.connected ? t.connected : t.notConnected}</span>
              )}
            </div>
            <p>{t.counts(sink.sent, sink.waiting, sink.dead)}</p>
            {sink.problem !== undefined && <p class="notice notice-bad">{sink.problem}</p>}
            <div class="actions">
              {sink.dead > 0 && (
                <button
                  type="button"
                  class="button button-small"
                  onClick={() => void change(() => api.replaySink(sink.sinkId))}
                >
                  {t.replay}
                </button>
              )}
              <button
                type="button"
                class="icon-button"
                aria-label={t.edit(sink.name)}
                onClick={() => setOpen(sink)}
              >
                <Icon name="edit" />
              </button>
              <button
                type="button"
                class="icon-button"
                aria-label={t.remove(sink.name)}
                onClick={() => void change(() => api.removeSink(sink.sinkId))}
              >
                <Icon name="close" />
              </button>
            </div>
          </li>
        ))}
      </ul>
      {open === undefined && (
        <button type="button" class="button button-primary" onClick={() => setOpen('new')}>
          <Icon name="plus" /> {t.add}
        </button>
      )}
      {open !== undefined && (
        <SinkForm
          key={open === 'new' ? 'new' : open.sinkId}
          sink={open === 'new' ? undefined : open}
          onCancel={() => setOpen(undefined)}
          onSave={async (input) => {
            const sinkId = open === 'new' ? undefined : open.sinkId;
            if (await change(() => api.saveSink(input, sinkId))) setOpen(undefined);
          }}
        />
      )}
    </div>
  );
}
