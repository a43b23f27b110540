import { useState } from 'preact/hooks';
import { AlertNav } from '../components/alert-nav.js';
import { SelectField } from '../components/field.js';
import { FullPageNote } from '../components/full-page-note.js';
import { OutboxRow } from '../components/outbox-row.js';
import { RouteLink } from '../components/route-link.js';
import { type OutboxControl, type SinkOutbox, useOutbox } from '../components/use-outbox.js';
import { useServices } from '../services.js';

const filters = ['open', 'waiting', 'dead', 'sent'] as const;
type Filter = (typeof filters)[number];

/** What waits to be told and what was given up, sink by sink: to be sent again, at once, or forgotten. */
export function OutboxPage() {
  const { session, strings } = useServices();
  const t = strings.outbox;
  if (!session.can('admin'))
    return <FullPageNote whole icon="warning" title={t.title} text={t.noPermission} />;
  return <Outboxes />;
}

function Outboxes() {
  const { strings } = useServices();
  const t = strings.outbox;
  const control = useOutbox();
  const [filter, setFilter] = useState<Filter>('open');
  const { outboxes, failure } = control;
  return (
    <div class="watch-page" data-testid="outbox-page">
      <AlertNav current="outbox" />
      <p class="quiet">{t.intro}</p>
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {failure}
        </p>
      )}
      {outboxes === undefined && failure === undefined && <FullPageNote busy title={t.loading} />}
      {outboxes?.length === 0 && (
        <div class="panel">
          <p>{strings.watch.sinks.none}</p>
          <p>
            <RouteLink to={{ view: 'sinks' }} class="button">
              {strings.watch.alerts.sinks}
            </RouteLink>
          </p>
        </div>
      )}
      {outboxes !== undefined && outboxes.length > 0 && (
        <SelectField
          label={strings.watch.alerts.filter}
          value={filter}
          onChange={(value) => setFilter(filters.find((one) => one === value) ?? 'open')}
        >
          {filters.map((one) => (
            <option key={one} value={one}>
              {t.filters[one]}
            </option>
          ))}
        </SelectField>
      )}
      {outboxes?.map((outbox) => (
        <OfSink key={outbox.sink.sinkId} outbox={outbox} filter={filter} control={control} />
      ))}
    </div>
  );
}

interface OfSinkProps {
  readonly outbox: SinkOutbox;
  readonly filter: Filter;
  readonly control: OutboxControl;
}

function OfSink({ outbox: { sink, items }, filter, control }: OfSinkProps) {
  const { strings } = useServices();
  const t = strings.outbox;
  const { sinkId, name, dead, waiting, sent, problem } = sink;
  const shown = items.filter(({ state }) => (filter === 'open' ? state !== 'sent' : state === filter));
  return (
    <section class="panel" aria-labelledby={`outbox-${sinkId}`} data-testid="outbox">
      <header class="outbox-head">
        <h2 id={`outbox-${sinkId}`}>{name}</h2>
        <span class="badge">{strings.watch.sinks.kind[sink.settings.kind]}</span>
        {!sink.enabled && <span class="badge">{strings.watch.sinks.off}</span>}
        <span class="muted">{strings.watch.sinks.counts(sent, waiting, dead)}</span>
        {dead > 0 && (
          <span class="actions">
            <button type="button" class="button button-small" onClick={() => control.replay(sinkId)}>
              {t.replayAll}
            </button>
            <button type="button" class="button button-small" onClick={() => control.drop(sinkId)}>
              {t.dropAll}
            </button>
          </span>
        )}
      </header>
      {problem !== undefined && <p class="notice notice-bad">{t.lastTry(problem)}</p>}
      {shown.length === 0 ? (
        <p class="muted">{t.nothing}</p>
      ) : (
        <ul class="outbox-list">
          {shown.map((item) => (
            <OutboxRow
              key={item.itemId}
              item={item}
              running={sink.enabled}
              onReplay={() => control.replay(sinkId, [item.itemId])}
              onDrop={() => control.drop(sinkId, [item.itemId])}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
