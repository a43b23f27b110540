/** A point of a picture: 0..1 from the left and from the top edge. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

/** An area that nobody may see: the corners of a polygon. */
export type PrivacyArea = readonly PicturePoint[];

/** A rectangle in shares of the picture. */
export interface ShareBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A sloping edge is followed in steps of at most this share of the picture's height. */
const stepShare = 1 / 90;

/**
 * Covers a polygon with rectangles in horizontal bands. Every point of the polygon is covered, and beside its sloping edges
 * a little more: privacy errs on the dark side.
 */
export function coverWithBoxes(area: PrivacyArea): ShareBox[] {
  const levels = [...new Set(area.map(({ y }) => y))].sort((a, b) => a - b);
  return levels.flatMap((top, index) => {
    const bottom = levels[index + 1];
    if (bottom === undefined) return [];
    const edges = edgesThrough(area, top, bottom);
    const upright = edges.every((edge) => edge(top) === edge(bottom));
    const bands = upright ? 1 : Math.max(1, Math.ceil((bottom - top) / stepShare));
    return Array.from({ length: bands }, (_, band) =>
      bandBoxes(
        edges,
        top + ((bottom - top) * band) / bands,
        band + 1 === bands ? bottom : top + ((bottom - top) * (band + 1)) / bands,
      ),
    ).flat();
  });
}

/**
 * The filters that black areas out. Shares become pixels inside ffmpeg, so the areas hold also when the camera changes its
 * picture's size. They keep every timestamp.
 */
export function privacyFilters(areas: readonly PrivacyArea[]): string[] {
  return areas
    .flatMap(coverWithBoxes)
    .map(
      ({ left, top, right, bottom }) =>
        `drawbox=x=floor(iw*${left})` +
        `:y=floor(ih*${top})` +
        `:w=ceil(iw*${right})-floor(iw*${left})` +
        `:h=ceil(ih*${bottom})-floor(ih*${top})` +
        ':color=black:t=fill',
    );
}

/** Where an edge is at a height. */
type Edge = (y: number) => number;

/** Between two levels without corners in between, edges pair up from left to right. */
function bandBoxes(edges: readonly Edge[], top: number, bottom: number): ShareBox[] {
  const ends = edges
    .map((edge) => [edge(top), edge(bottom)] as const)
    .sort(([a, b], [c, d]) => a + b - c - d);
  const boxes: ShareBox[] = [];
  for (let index = 0; index + 1 < ends.length; index += 2) {
    const [left, right] = [ends[index], ends[index + 1]];
    if (left === undefined || right === undefined) continue;
    boxes.push({
      left: rounded(Math.min(...left), Math.floor),
      top: rounded(top, Math.floor),
      right: rounded(Math.max(...right), Math.ceil),
      bottom: rounded(bottom, Math.ceil),
    });
  }
  return boxes;
}

/** The edges that go through all heights between two levels of corners. */
function edgesThrough(area: PrivacyArea, top: number, bottom: number): Edge[] {
  return area.flatMap((a, index) => {
    const b = area[(index + 1) % area.length] ?? a;
    const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
    if (upper.y > top || lower.y < bottom || upper.y === lower.y) return [];
    return [(y: number) => upper.x + ((lower.x - upper.x) * (y - upper.y)) / (lower.y - upper.y)];
  });
}

/** Five digits are finer than a pixel; outwards, and within the picture. */
function rounded(share: number, outwards: (value: number) => number): number {
  return Math.min(1, Math.max(0, outwards(share * 1e5) / 1e5));
}
