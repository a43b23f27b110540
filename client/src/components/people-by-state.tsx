import type { PeopleCounts } from '../../../server/realtime/events.js';
import { formatCount, noValue } from '../format/numbers.js';
import { labelOrder } from '../overlay/mask-look.js';
import { useServices } from '../services.js';
import { StateSwatch } from './state-swatch.js';

/** People by state: sign, number and word for each. */
export function PeopleByState({
  counts,
  title,
}: {
  readonly counts: PeopleCounts | undefined;
  readonly title: string;
}) {
  const { strings, locale } = useServices();
  return (
    <dl class="by-state" aria-label={title}>
      {labelOrder.map((label) => (
        <div class="by-state-item" key={label} data-label={label} data-empty={!counts?.[label]}>
          <dt>{strings.label[label]}</dt>
          <dd>
            <StateSwatch label={label} />
            {counts ? formatCount(counts[label], locale) : noValue}
          </dd>
        </div>
      ))}
    </dl>
  );
}
