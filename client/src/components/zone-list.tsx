import type { ZoneInput } from '../../../server/http/zone-api.js';
import type { PeopleCounts } from '../../../server/realtime/events.js';
import { formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';
import { Icon } from './icon.js';
import type { ZoneChange } from './zone-handles.js';

interface ZoneListProps {
  readonly cameraId: string;
  readonly zones: readonly (ZoneInput & { readonly id?: string })[];
  /** Changes or removes a zone; absent where nothing can be changed. */
  readonly onChange?: ((index: number, change: ZoneChange) => void) | undefined;
}

/** What is drawn on a camera, with its figures; with names to change while it is edited. */
export function ZoneList({ cameraId, zones, onChange }: ZoneListProps) {
  const { store, strings, locale } = useServices();
  const t = strings.watch.zones;
  const figures = store.live.value.zones.get(cameraId);
  const told = (zone: ZoneListProps['zones'][number]): string => {
    if (zone.kind === 'privacy') return t.hidden;
    const line = figures?.lines.find(({ zoneId }) => zoneId === zone.id);
    if (line) return t.crossed(total(line.forward), total(line.backward));
    const area = figures?.areas.find(({ zoneId }) => zoneId === zone.id);
    if (!area) return '';
    const parts = [
      t.inside(total(area.inside)),
      t.today(total(area.today)),
      formatRatio(area.complianceToday, locale),
    ];
    if (area.meanDwellSeconds !== null) parts.push(t.dwell(Math.round(area.meanDwellSeconds)));
    return parts.join(' · ');
  };
  const rename = (index: number, name: string): void => onChange?.(index, (zone) => ({ ...zone, name }));
  if (zones.length === 0) return <p class="muted">{t.none}</p>;
  return (
    <ul class="zone-list">
      {zones.map((zone, index) => (
        <li key={index} data-kind={zone.kind}>
          <span class="zone-mark" data-kind={zone.kind} aria-hidden="true" />
          {onChange ? (
            <input
              aria-label={t.name}
              value={zone.name}
              maxLength={40}
              onChange={(event) => rename(index, event.currentTarget.value)}
            />
          ) : (
            <strong>{zone.name}</strong>
          )}
          <span class="muted">{onChange ? t.kind[zone.kind] : told(zone)}</span>
          {onChange && (
            <button
              type="button"
              class="icon-button"
              aria-label={t.removeZone(zone.name)}
              onClick={() => onChange(index, () => undefined)}
            >
              <Icon name="close" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function total({ mask, no_mask, incorrect, unknown }: PeopleCounts): number {
  return mask + no_mask + incorrect + unknown;
}
