import type { ComponentChildren } from 'preact';
import { formatCount, formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';
import { allPeople, decidedPeople } from '../state/people.js';
import type { PeopleCounts } from '../../../server/realtime/events.js';

/** The figures over all cameras. */
export function KpiRow() {
  const { store, strings, locale } = useServices();
  const t = strings.kpi;
  const kpis = store.kpis.value;
  const basis = (counts: PeopleCounts): string => {
    const decided = decidedPeople(counts);
    return decided === 0 ? t.nobodyDecided : t.decided(formatCount(decided, locale));
  };
  const unknown = (counts: PeopleCounts): string => t.unknown(formatCount(counts.unknown, locale));
  return (
    <section class="kpis" aria-label={t.title}>
      <Kpi
        id="compliance-now"
        title={t.complianceNow}
        value={formatRatio(kpis.complianceNow, locale)}
        hint={t.complianceHint}
      >
        {basis(kpis.inView)}
      </Kpi>
      <Kpi
        id="compliance-today"
        title={t.complianceToday}
        value={formatRatio(kpis.complianceToday, locale)}
        hint={t.complianceHint}
      >
        {basis(kpis.today)}
      </Kpi>
      <Kpi id="in-view" title={t.inView} value={formatCount(allPeople(kpis.inView), locale)}>
        {unknown(kpis.inView)}
      </Kpi>
      <Kpi id="today" title={t.today} value={formatCount(allPeople(kpis.today), locale)}>
        {unknown(kpis.today)}
      </Kpi>
      <Kpi id="cameras" title={t.cameras} value={formatCount(kpis.camerasLive, locale)}>
        {t.ofTotal(kpis.camerasTotal)}
      </Kpi>
    </section>
  );
}

interface KpiProps {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  readonly hint?: string;
  /** What stands beside the value. */
  readonly children: ComponentChildren;
}

function Kpi({ id, title, value, hint, children }: KpiProps) {
  return (
    <div class="kpi" data-testid={`kpi-${id}`} title={hint}>
      <h2>{title}</h2>
      <p>
        <strong>{value}</strong> <span>{children}</span>
      </p>
    </div>
  );
}
