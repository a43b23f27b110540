import type { ModelView } from '../../../server/http/api.js';
import { formatShare } from '../format/numbers.js';
import { useServices } from '../services.js';
import { ConfusionTable } from './confusion-table.js';
import { Icon } from './icon.js';
import { Markdown } from './markdown.js';

interface ModelPanelProps {
  readonly model: ModelView;
  /** Asks to let it run. */
  readonly onUse: () => void;
}

/** One mask classifier: whether it runs, its figures, its confusion matrix, its card. */
export function ModelPanel({ model, onUse }: ModelPanelProps) {
  const { strings } = useServices();
  const t = strings.models;
  const { name, origin, active, problem, test, card } = model;
  return (
    <article class="panel model" data-model={name} aria-labelledby={`model-${origin}-${name}`}>
      <header>
        <h2 id={`model-${origin}-${name}`}>{name}</h2>
        {active && <span class="badge badge-live">{t.running}</span>}
        <span class="badge">{t.origin[origin]}</span>
        {!active && problem === undefined && (
          <button type="button" class="button" onClick={onUse}>
            {t.use}
          </button>
        )}
      </header>
      {active && <RunsIn name={name} />}
      {problem !== undefined && (
        <p class="notice notice-warn">
          <Icon name="warning" /> <span>{t.unusable(problem)}</span>
        </p>
      )}
      <Facts model={model} />
      {test === undefined ? (
        problem === undefined && <p class="quiet">{t.noFigures}</p>
      ) : (
        <ConfusionTable model={name} confusion={test.confusion} />
      )}
      {card !== undefined && (
        <details>
          <summary>{t.card}</summary>
          <Markdown text={card} below={2} />
        </details>
      )}
    </article>
  );
}

/** In how many analysis processes it really runs, as health tells. */
function RunsIn({ name }: { readonly name: string }) {
  const { store, strings } = useServices();
  const processes = store.health.value?.analysis ?? [];
  if (processes.length === 0) return null;
  const running = processes.filter(({ classifier }) => classifier === name).length;
  return <p class="quiet">{strings.models.runsIn(running, processes.length)}</p>;
}

function Facts({ model: { facts, test } }: { readonly model: ModelView }) {
  const { strings, locale } = useServices();
  const t = strings.models;
  const rows: (readonly [string, string])[] = [];
  if (test !== undefined) {
    rows.push(
      [t.macroRecall, formatShare(test.macroRecall, locale)],
      [t.accuracy, formatShare(test.accuracy, locale)],
      [t.testFaces, test.faces.toLocaleString(locale)],
    );
  }
  if (facts !== undefined) {
    const { architecture, parameters, inputSize, licence, createdAt } = facts;
    rows.push(
      [t.architecture, architecture],
      [t.parameters, parameters.toLocaleString(locale)],
      [t.input, t.pixels(inputSize)],
      [t.licence, licence],
      [t.created, new Date(createdAt).toLocaleDateString(locale, { dateStyle: 'medium' })],
    );
  }
  return (
    <dl class="facts">
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
