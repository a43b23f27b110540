import { useServices } from '../services.js';
import { RouteLink } from './route-link.js';

/** Alerts shown at once. */
const most = 4;

/** Alerts that last and that nobody has acknowledged, across the top of the wall; read out as they come. */
export function AlertStrip() {
  const { store, strings } = useServices();
  const t = strings.watch.alerts;
  const open = [...store.live.value.alerts.values()]
    .filter((alert) => alert.clearedAt === undefined && !alert.acknowledged)
    .sort((a, b) => b.raisedAt - a.raisedAt)
    .slice(0, most);
  return (
    <div role="status" class="alert-strip" data-testid="alert-strip">
      {open.map(({ alertId, severity, ruleName, cameraName, zoneName }) => (
        <RouteLink key={alertId} to={{ view: 'alerts' }} class={`alert-chip alert-${severity}`}>
          <strong>{t.severity[severity]}</strong> {ruleName} · {cameraName}
          {zoneName !== undefined && `, ${zoneName}`}
        </RouteLink>
      ))}
    </div>
  );
}
