/** One of the maps on which the SSD network predicts boxes. */
export interface SsdLevel {
  /** Cells on a side of the map when the whole square of `ssdInputSize` pixels is computed. */
  readonly cells: number;
  /** Boxes a cell. */
  readonly boxes: number;
}

/** Long side of the picture that the network sees. */
export const ssdInputSize = 512;

/** Numbers the network gives for a box: 4 of its place, 1 of its score. */
export const ssdNumbers = 5;

/** The maps in the order of the network's prior boxes, at strides 16, 32, 64, 128, 256 and 512. */
export const ssdLevels: readonly SsdLevel[] = [
  { cells: 32, boxes: 3 },
  { cells: 16, boxes: 6 },
  { cells: 8, boxes: 6 },
  { cells: 4, boxes: 6 },
  { cells: 2, boxes: 6 },
  { cells: 1, boxes: 6 },
];

/** How a picture is laid into the network's input, and which part of each map is computed for it. */
export interface SsdLayout {
  /** Size of the picture in the input, at its top left corner; the rest is black. */
  readonly width: number;
  readonly height: number;
  /** Size of the input: multiples of 32 up to 512. */
  readonly inputWidth: number;
  readonly inputHeight: number;
  /** Rows and columns of each level's map, as in `ssdLevels`. */
  readonly maps: readonly { readonly rows: number; readonly columns: number }[];
}

/**
 * The network was made for a square. Of the black that fills it up beside an oblong picture only a strip is computed,
 * broad enough for the picture's edge to look as it would in the full square.
 */
export function ssdLayout(picture: { readonly width: number; readonly height: number }): SsdLayout {
  const scale = ssdInputSize / Math.max(picture.width, picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const inputWidth = withStrip(width);
  const inputHeight = withStrip(height);
  let rows = inputHeight / 16;
  let columns = inputWidth / 16;
  const maps = ssdLevels.map(() => {
    const map = { rows, columns };
    rows = Math.ceil(rows / 2);
    columns = Math.ceil(columns / 2);
    return map;
  });
  return { width, height, inputWidth, inputHeight, maps };
}

function withStrip(size: number): number {
  return Math.min(ssdInputSize, Math.ceil((size + 16) / 32) * 32);
}
