import { useServices } from '../services.js';
import { groupsOf, wallLayouts } from '../state/wall-choice.js';
import { Icon } from './icon.js';
import type { WallControl } from './use-wall.js';

interface WallToolbarProps {
  readonly wall: WallControl;
  readonly full: boolean;
  readonly onFullScreen: () => void;
  readonly onHelp: () => void;
}

/** What is shown on the wall and how: group, layout, page, zones, full screen. */
export function WallToolbar({ wall, full, onFullScreen, onHelp }: WallToolbarProps) {
  const { store, strings } = useServices();
  const t = strings.wall;
  const { choice, choose, page, pages } = wall;
  const groups = groupsOf(store.cameras.value);
  return (
    <div class="wall-tools" role="group" aria-label={t.tools}>
      {groups.length > 0 && (
        <label>
          <span>{t.group}</span>
          <select
            value={groups.includes(choice.group) ? choice.group : ''}
            onChange={(event) => choose({ group: event.currentTarget.value })}
          >
            <option value="">{t.allGroups}</option>
            {groups.map((group) => (
              <option key={group} value={group}>
                {group}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>{t.layout}</span>
        <select
          value={choice.layout}
          onChange={({ currentTarget: { value } }) =>
            choose({ layout: wallLayouts.find((one) => one === value) ?? 'auto' })
          }
        >
          {wallLayouts.map((layout) => (
            <option key={layout} value={layout}>
              {t.layouts[layout]}
            </option>
          ))}
        </select>
      </label>
      {pages > 1 && (
        <div class="wall-pages">
          <button
            type="button"
            class="icon-button"
            aria-label={t.previousPage}
            disabled={page === 0}
            onClick={() => choose({ page: page - 1 })}
          >
            <Icon name="back" />
          </button>
          <span role="status">{t.page(page + 1, pages)}</span>
          <button
            type="button"
            class="icon-button turned"
            aria-label={t.nextPage}
            disabled={page + 1 === pages}
            onClick={() => choose({ page: page + 1 })}
          >
            <Icon name="back" />
          </button>
        </div>
      )}
      <button
        type="button"
        class="button button-small wall-zones"
        aria-pressed={choice.zones}
        onClick={() => choose({ zones: !choice.zones, page })}
      >
        <Icon name="zone" /> {t.zones}
      </button>
      <button type="button" class="icon-button wall-keys" aria-label={t.keys} onClick={onHelp}>
        <Icon name="keyboard" />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={full ? t.leaveFullScreen : t.fullScreen}
        onClick={onFullScreen}
      >
        <Icon name={full ? 'shrink' : 'expand'} />
      </button>
    </div>
  );
}
