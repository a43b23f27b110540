import type { ModelView } from '../../../server/http/api.js';
import { formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';

interface ConfusionTableProps {
  /** Whose matrix it is. */
  readonly model: string;
  readonly confusion: NonNullable<ModelView['test']>['confusion'];
}

/** What was truly worn against what the model said: counts, and their share of the row. */
export function ConfusionTable({ model, confusion }: ConfusionTableProps) {
  const { strings, locale } = useServices();
  const t = strings.models;
  const { classes, counts } = confusion;
  const words: Readonly<Record<string, string>> = strings.label;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t.confusion(model)}>
      <table class="confusion">
        <caption>{t.confusionHint}</caption>
        <thead>
          <tr>
            <th scope="col">{t.trueState}</th>
            {classes.map((name) => (
              <th key={name} scope="col">
                {words[name] ?? name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, truth) => {
            const name = classes[truth] ?? '';
            const sum = row.reduce((a, b) => a + b, 0);
            return (
              <tr key={name}>
                <th scope="row">{words[name] ?? name}</th>
                {row.map((count, said) => {
                  const share = sum === 0 ? 0 : count / sum;
                  return (
                    <td key={said} data-right={truth === said} data-step={Math.round(share * 4)}>
                      <strong>{count.toLocaleString(locale)}</strong>{' '}
                      <span>{formatRatio(sum === 0 ? null : share, locale)}</span>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
