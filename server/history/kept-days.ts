import type { Config } from '../config/schema.js';
import type { Notice } from '../http/history-api.js';
import type { Retention } from '../storage/retention.js';

/** How long each kind of record is kept, by the configuration. */
export function retentionOf({ retention }: Config): Retention {
  const { visitDays, minuteDays, hourDays, dayDays, alertDays } = retention;
  return { visits: visitDays, minutes: minuteDays, hours: hourDays, days: dayDays, alerts: alertDays };
}

/** What people in front of the cameras may know, by the configuration. */
export function noticeOf({ site, retention, privacy, evidence }: Config): Notice {
  const pictures = evidence.enabled && !privacy.countsOnly;
  return {
    site: site.name,
    purpose: site.purpose,
    contact: site.contact,
    retention,
    countsOnly: privacy.countsOnly ? 'all' : privacy.countsOnlyCameras.length > 0 ? 'some' : 'none',
    ...(pictures ? { pictures: { hours: evidence.keepHours, facesHidden: evidence.blur } } : {}),
  };
}
