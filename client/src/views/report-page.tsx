import { useEffect, useState } from 'preact/hooks';
import type { DailyReportView } from '../../../server/http/history-api.js';
import { messageOf } from '../api/api-error.js';
import { FullPageNote } from '../components/full-page-note.js';
import { HistoryTable } from '../components/history-table.js';
import { SendReport } from '../components/send-report.js';
import { PageHead } from '../components/page-head.js';
import { formatRatio } from '../format/numbers.js';
import { formatTime, formatWholeDay } from '../format/times.js';
import { useServices } from '../services.js';
import { PeopleByState } from '../components/people-by-state.js';

/** One day on paper: people, compliance and alerts, by camera and by hour. */
export function ReportPage() {
  const { api, strings, session } = useServices();
  const t = strings.history;
  const [day, setDay] = useState<string>();
  const [report, setReport] = useState<DailyReportView>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let current = true;
    setFailure(undefined);
    api.dailyReport(day).then(
      (read) => current && setReport(read),
      (error: unknown) => current && setFailure(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [day]);
  return (
    <div class="tool-page report" data-testid="report-page">
      <PageHead title={t.report}>
        <label class="field report-day">
          <span>{t.day}</span>
          <input
            type="date"
            value={day ?? report?.day ?? ''}
            onChange={({ currentTarget: { value } }) => value !== '' && setDay(value)}
          />
        </label>
        {report !== undefined && session.can('operate') && <SendReport key={report.day} day={report.day} />}
        <button type="button" class="button" onClick={() => print()}>
          {t.print}
        </button>
      </PageHead>
      {failure !== undefined ? (
        <FullPageNote icon="warning" title={failure} />
      ) : report === undefined ? (
        <FullPageNote busy title={t.loading} />
      ) : (
        <Report report={report} />
      )}
    </div>
  );
}

function Report({ report }: { readonly report: DailyReportView }) {
  const { strings, locale } = useServices();
  const t = strings.history;
  const { total, alerts } = report;
  return (
    <>
      <section class="panel" aria-labelledby="report-day">
        <h2 id="report-day">{t.reportOf(formatWholeDay(report.from, locale))}</h2>
        {report.site !== '' && <p>{report.site}</p>}
        <dl class="compliance compliance-large">
          <div>
            <dt>{t.compliance}</dt>
            <dd data-testid="report-compliance">{formatRatio(total.compliance, locale)}</dd>
          </div>
        </dl>
        <PeopleByState counts={total.people} title={t.people} />
        <p>
          {t.alerts}: {t.alertCounts(alerts.critical, alerts.warning, alerts.info)}
        </p>
      </section>
      <section class="panel" aria-labelledby="report-cameras">
        <h2 id="report-cameras">{t.byCamera}</h2>
        {report.cameras.length === 0 ? (
          <p class="quiet">{t.empty}</p>
        ) : (
          <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="report-cameras">
            <HistoryTable
              first={t.camera}
              title={t.byCamera}
              rows={report.cameras.map((row) => ({ ...row, at: 0 }))}
            />
          </div>
        )}
      </section>
      {report.hours.length > 0 && (
        <section class="panel" aria-labelledby="report-hours">
          <h2 id="report-hours">{t.byHour}</h2>
          <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="report-hours">
            <HistoryTable
              first={t.time}
              title={t.byHour}
              rows={report.hours.map((row) => ({ ...row, name: formatTime(row.at, locale) }))}
            />
          </div>
          <p class="quiet">{t.rangeNote}</p>
          {report.cameras.length > 1 && <p class="quiet">{t.summedNote}</p>}
        </section>
      )}
    </>
  );
}
