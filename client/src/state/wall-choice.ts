import type { CameraView } from '../../../server/realtime/events.js';

/** How many pictures stand side by side; `1+5` is a large one with five small ones around it. */
export const wallLayouts = ['auto', '1', '4', '9', '16', '25', '6', '8', '1+5', '1+7'] as const;

/** One of them. */
export type WallLayout = (typeof wallLayouts)[number];

/** What is looked at on the wall, and how. */
export interface WallChoice {
  readonly layout: WallLayout;
  /** Only cameras of this group; all where empty. */
  readonly group: string;
  /** Whether zones are drawn on the pictures. */
  readonly zones: boolean;
  /** Id of the camera that comes first, and so gets the large place; empty for the usual order. */
  readonly first: string;
  /** From 0: where there are more cameras than places. */
  readonly page: number;
}

/** What the wall shows where nothing was chosen. */
export const usualWall: WallChoice = { layout: 'auto', group: '', zones: false, first: '', page: 0 };

/** The layout of each number key: a side of so many pictures up to four, what comes near the number above. */
const layoutKeys: Readonly<Record<string, WallLayout>> = {
  0: 'auto',
  1: '1',
  2: '4',
  3: '9',
  4: '16',
  5: '1+5',
  6: '6',
  7: '1+7',
  8: '8',
  9: '25',
};

/** The layout that a key stands for; undefined for other keys. */
export function layoutOfKey(key: string): WallLayout | undefined {
  return layoutKeys[key];
}

/** The key that stands for a layout. */
export function keyOfLayout(layout: WallLayout): string {
  return Object.keys(layoutKeys).find((key) => layoutKeys[key] === layout) ?? '';
}

/** Reads the part of an address after its path; what is not understood is as usual. */
export function wallOfSearch(search: string): WallChoice {
  const said = new URLSearchParams(search);
  const page = Number(said.get('page') ?? 1);
  return {
    layout: wallLayouts.find((one) => one === said.get('layout')) ?? 'auto',
    group: said.get('group') ?? '',
    zones: said.get('zones') === 'on',
    first: said.get('first') ?? '',
    page: Number.isInteger(page) && page > 1 ? page - 1 : 0,
  };
}

/** The part of an address that says this; empty where all is as usual. `wallOfSearch` gives the choice back. */
export function searchOfWall({ layout, group, zones, first, page }: WallChoice): string {
  const said = new URLSearchParams();
  if (layout !== 'auto') said.set('layout', layout);
  if (group !== '') said.set('group', group);
  if (zones) said.set('zones', 'on');
  if (first !== '') said.set('first', first);
  if (page > 0) said.set('page', String(page + 1));
  const text = said.toString();
  return text === '' ? '' : `?${text}`;
}

/** The grid of a layout: columns and rows, and how many of both the first picture takes. */
export interface WallGrid {
  readonly columns: number;
  readonly rows: number;
  readonly large: number;
}

/**
 * The grid of a layout.
 *
 * @param count of the cameras, which `auto` makes room for
 */
export function gridOf(layout: WallLayout, count: number): WallGrid {
  switch (layout) {
    case 'auto': {
      const columns = Math.max(1, Math.ceil(Math.sqrt(count)));
      return { columns, rows: Math.max(1, Math.ceil(count / columns)), large: 1 };
    }
    case '1+5':
      return { columns: 3, rows: 3, large: 2 };
    case '1+7':
      return { columns: 4, rows: 4, large: 3 };
    case '6':
      return { columns: 3, rows: 2, large: 1 };
    case '8':
      return { columns: 4, rows: 2, large: 1 };
    case '1':
    case '4':
    case '9':
    case '16':
    case '25': {
      const side = Math.sqrt(Number(layout));
      return { columns: side, rows: side, large: 1 };
    }
  }
}

/** The groups that cameras belong to, in the order of their names. */
export function groupsOf(cameras: readonly CameraView[]): string[] {
  const groups = new Set(cameras.flatMap(({ group }) => group ?? []));
  return [...groups].sort((a, b) => a.localeCompare(b));
}

/** What is on the wall now. */
export interface WallPage {
  readonly cameras: readonly CameraView[];
  /** Those of the group, on all pages. */
  readonly total: number;
  /** At least 1. */
  readonly pages: number;
  /** The one that is shown: a page that is no more is the last one. */
  readonly page: number;
}

/** The cameras that a choice shows. A group that is no more shows all cameras: a wall must not go dark over a name. */
export function wallPage(cameras: readonly CameraView[], choice: WallChoice): WallPage {
  const chosen = cameras.filter(({ group }) => group === choice.group);
  const members = choice.group === '' || chosen.length === 0 ? cameras : chosen;
  const first = members.filter(({ id }) => id === choice.first);
  const ordered = [...first, ...members.filter(({ id }) => id !== choice.first)];
  const places = choice.layout === 'auto' ? Math.max(1, ordered.length) : placesOf(choice.layout);
  const pages = Math.max(1, Math.ceil(ordered.length / places));
  const page = Math.min(choice.page, pages - 1);
  return {
    cameras: ordered.slice(page * places, (page + 1) * places),
    total: ordered.length,
    pages,
    page,
  };
}

function placesOf(layout: WallLayout): number {
  const { columns, rows, large } = gridOf(layout, 1);
  return columns * rows - large * large + 1;
}
