import { directionOfKey, neighbour } from '../state/neighbour.js';
import { groupsOf, layoutOfKey } from '../state/wall-choice.js';
import type { CameraView } from '../../../server/realtime/events.js';
import type { WallControl } from './use-wall.js';

/** What keys on the wall do beside changing what is shown. */
export interface WallActions {
  /** Of all groups. */
  readonly cameras: readonly CameraView[];
  readonly toggleFullScreen: () => void;
  /** Shows the list of keys. */
  readonly help: () => void;
}

/**
 * Does what a key stands for on the wall. Single letters work only while the focus is on the wall and on no field (WCAG 2.1.4).
 *
 * @returns whether the key meant something
 */
export function pressOnWall(event: KeyboardEvent, wall: WallControl, actions: WallActions): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return false;
  if (event.target.closest('select, input, textarea, dialog') !== null) return false;
  if (!(event.currentTarget instanceof Element)) return false;
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-testid=tile]')];
  const at = tiles.findIndex((tile) => tile.contains(document.activeElement));
  const direction = directionOfKey(event.key);
  if (direction !== undefined) {
    const places = tiles.map((tile) => tile.getBoundingClientRect());
    return focusTile(tiles[at === -1 ? 0 : neighbour(places, at, direction)]);
  }
  const layout = layoutOfKey(event.key);
  if (layout !== undefined) {
    wall.choose({ layout });
    return true;
  }
  if (event.key === 'Home') return focusTile(tiles[0]);
  if (event.key === 'End') return focusTile(tiles.at(-1));
  const command = commandsOf(wall, actions, tiles[at])[event.key];
  command?.();
  return command !== undefined;
}

/** What each key does. @param tile where the focus is */
function commandsOf(
  { choice, choose, page, pages }: WallControl,
  { cameras, toggleFullScreen, help }: WallActions,
  tile: HTMLElement | undefined,
): Readonly<Record<string, () => void>> {
  const turn = (to: number) => (): void => {
    if (to >= 0 && to < pages) choose({ page: to });
  };
  return {
    ...(pages > 1 && { PageDown: turn(page + 1), PageUp: turn(page - 1) }),
    f: toggleFullScreen,
    z: () => choose({ zones: !choice.zones, page }),
    g: () => choose({ group: after(['', ...groupsOf(cameras)], choice.group) }),
    l: () => choose({ first: tile?.dataset.camera ?? '' }),
    '?': help,
  };
}

/** The link to the camera takes the focus, so that Enter opens it. */
function focusTile(tile: HTMLElement | undefined): boolean {
  const link = tile?.querySelector<HTMLElement>('h3 a');
  link?.focus();
  return link !== undefined && link !== null;
}

function after(list: readonly string[], one: string): string {
  return list[(list.indexOf(one) + 1) % list.length] ?? '';
}
