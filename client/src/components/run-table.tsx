import type { ComponentChildren } from 'preact';
import type { ReplayRunView } from '../../../server/http/tryout-api.js';
import { formatCount, formatRatio, formatShare, noValue } from '../format/numbers.js';
import { labelOrder } from '../overlay/mask-look.js';
import { useServices } from '../services.js';
import { allPeople } from '../state/people.js';
import { clipSeconds, runDifference } from '../state/run-difference.js';
import { zoneMeasures, zoneNames } from '../state/run-zones.js';
import { StateSwatch } from './state-swatch.js';

type Runs = readonly ReplayRunView[];
type Result = NonNullable<ReplayRunView['result']>;

/** The runs side by side: settings, what was counted, and how it differs from the first run, by sign and word. */
export function RunTable({ runs }: { readonly runs: Runs }) {
  const { strings, locale } = useServices();
  const t = strings.tools.replay;
  const count = (value: number): string => formatCount(value, locale);
  return (
    <div class="table-scroll run-scroll" tabIndex={0} role="region" aria-label={t.runs}>
      <table class="runs" data-testid="runs">
        <thead>
          <tr>
            <th scope="col">{t.measure}</th>
            {runs.map((_run, index) => (
              <th key={index} scope="col">
                {t.run(index + 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row name={t.state}>{runs.map((run) => cell(<RunState run={run} />))}</Row>
          <Setting runs={runs} name={t.fps} of={({ request }) => String(request.fps)} />
          <Setting runs={runs} name={t.frameSide} of={({ request }) => String(request.frameSide)} />
          <Setting
            runs={runs}
            name={t.minScore}
            of={({ request }) => request.minScore?.toString() ?? t.minScoreOwn}
          />
          <Setting runs={runs} name={t.detector} of={({ request }) => request.detector} />
          <Setting runs={runs} name={t.classifier} of={({ request }) => request.classifier} />
          <Setting runs={runs} name={t.zones} of={({ request }) => zoneNames(request) || t.noZones} />
          {labelOrder.map((label) => (
            <Figure
              key={label}
              runs={runs}
              name={
                <>
                  <StateSwatch label={label} /> {strings.label[label]}
                </>
              }
              of={({ counts }) => counts[label]}
              write={count}
            />
          ))}
          <Figure runs={runs} name={t.people} of={({ counts }) => allPeople(counts)} write={count} />
          <Figure
            runs={runs}
            name={strings.camera.compliance}
            of={({ compliance }) => compliance}
            write={(ratio) => formatRatio(ratio, locale)}
            writeSize={(share) => formatShare(share, locale)}
          />
          <ZoneFigures runs={runs} />
          <Figure runs={runs} name={t.frames} of={({ frames }) => frames} write={count} />
          <Row name={t.length}>
            {runs.map(({ result }) => cell(`${clipSeconds(result?.lengthMs, locale)} s`))}
          </Row>
        </tbody>
      </table>
    </div>
  );
}

function cell(content: ComponentChildren) {
  return <td>{content}</td>;
}

function Row({ name, children }: { readonly name: ComponentChildren; readonly children: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {children}
    </tr>
  );
}

/** People by zone and over each line, for the zones of all runs by their names. */
function ZoneFigures({ runs }: { readonly runs: Runs }) {
  const { strings, locale } = useServices();
  const t = strings.tools.replay;
  return (
    <>
      {zoneMeasures(runs).map(({ name, measure, of }) => (
        <Figure
          key={`${name} ${measure}`}
          runs={runs}
          name={t.inZone(name, t.zoneMeasure[measure])}
          of={of}
          write={(value) =>
            measure === 'compliance' ? formatRatio(value, locale) : formatCount(value, locale)
          }
          {...(measure === 'compliance' && { writeSize: (share: number) => formatShare(share, locale) })}
        />
      ))}
    </>
  );
}

interface SettingProps {
  readonly runs: Runs;
  readonly name: string;
  readonly of: (run: ReplayRunView) => string;
}

/** A setting; in bold where it is another than the first run's. */
function Setting({ runs, name, of }: SettingProps) {
  const [first] = runs;
  return (
    <Row name={name}>
      {runs.map((run) => {
        const text = of(run);
        return cell(first !== undefined && text !== of(first) ? <strong>{text}</strong> : text);
      })}
    </Row>
  );
}

interface FigureProps {
  readonly runs: Runs;
  readonly name: ComponentChildren;
  readonly of: (result: Result) => number | null;
  readonly write: (value: number) => string;
  /** How a difference is written, where that is another way. */
  readonly writeSize?: (size: number) => string;
}

function Figure({ runs, name, of, write, writeSize = write }: FigureProps) {
  const { strings } = useServices();
  const figures = runs.map(({ result }) => result && of(result));
  return (
    <Row name={name}>
      {figures.map((value, index) => {
        const difference = index === 0 ? undefined : runDifference(value, figures[0], writeSize);
        return cell(
          <>
            {value === undefined || value === null ? noValue : write(value)}
            {difference !== undefined && difference.direction !== 'same' && (
              <span class="delta" data-direction={difference.direction}>
                {' '}
                <span aria-hidden="true">{difference.text}</span>
                <span class="visually-hidden">{strings.tools.replay.delta(difference.text)}</span>
              </span>
            )}
          </>,
        );
      })}
    </Row>
  );
}

function RunState({ run }: { readonly run: ReplayRunView }) {
  const { strings, locale } = useServices();
  const t = strings.tools.replay;
  if (run.state === 'failed') {
    return (
      <span class="run-failed">
        {t.states.failed}: {run.problem}
      </span>
    );
  }
  if (run.state === 'done') return <>{t.states.done}</>;
  return (
    <span class="run-waiting">
      <span class="spinner" aria-hidden="true" /> {t.states.waiting} {t.at(clipSeconds(run.atMs, locale))}
    </span>
  );
}
