import type { AuditEntryView } from '../../../server/http/access-api.js';
import { formatDayTime } from '../format/times.js';
import { useServices } from '../services.js';

/** Lines of the audit log. */
export function AuditTable({ entries }: { readonly entries: readonly AuditEntryView[] }) {
  const { strings, locale } = useServices();
  const t = strings.audit;
  return (
    // Wide tables scroll by themselves, also by keyboard.
    <div class="panel audit-table" role="region" aria-label={t.title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[t.time, t.actor, t.action, t.camera, t.subject, t.address, t.status].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(({ at, actor, action, cameraId, subject, address, status }, row) => (
            <tr key={row} data-testid="audit-entry">
              <td>{formatDayTime(at, locale)}</td>
              <td>{actor.name}</td>
              <td>{action}</td>
              <td>{cameraId}</td>
              <td>{subject}</td>
              <td>{address}</td>
              <td>{status < 400 ? t.done(status) : t.refused(status)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
