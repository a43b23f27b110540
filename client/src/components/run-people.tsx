import type { ReplayRunView } from '../../../server/http/tryout-api.js';
import { formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';
import { clipSeconds } from '../state/run-difference.js';
import { StateSwatch } from './state-swatch.js';

interface RunPeopleProps {
  readonly name: string;
  readonly people: NonNullable<ReplayRunView['result']>['people'];
}

/** Who was seen in a run: when, and in which state. */
export function RunPeople({ name, people }: RunPeopleProps) {
  const { strings, locale } = useServices();
  const t = strings.tools.replay;
  const title = t.peopleOf(name, people.length);
  return (
    <details>
      <summary>{title}</summary>
      {people.length === 0 ? (
        <p class="quiet">{t.nobody}</p>
      ) : (
        <div class="table-scroll" tabIndex={0} role="region" aria-label={title}>
          <table class="visits">
            <thead>
              <tr>
                <th scope="col">{t.person}</th>
                <th scope="col">{strings.page.state}</th>
                <th scope="col">{t.from}</th>
                <th scope="col">{t.to}</th>
                <th scope="col">{t.confidence}</th>
              </tr>
            </thead>
            <tbody>
              {people.map(({ trackId, state, firstSeenMs, lastSeenMs, confidence }) => (
                <tr key={trackId}>
                  <td>{trackId}</td>
                  <td>
                    <span class="visit-state">
                      <StateSwatch label={state} /> {strings.label[state]}
                    </span>
                  </td>
                  <td>{clipSeconds(firstSeenMs, locale)} s</td>
                  <td>{clipSeconds(lastSeenMs, locale)} s</td>
                  <td>{formatRatio(confidence, locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
