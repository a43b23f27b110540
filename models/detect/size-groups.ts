import type { RgbImage } from '../image.js';

/** Pictures of one size, with their places in the list they came from. */
export interface SizeGroup {
  readonly width: number;
  readonly height: number;
  readonly images: readonly RgbImage[];
  readonly indices: readonly number[];
}

/**
 * Sorts pictures by size into groups that can go through a network together.
 *
 * @param limit most pictures in a group, to bound memory
 */
export function sizeGroups(images: readonly RgbImage[], limit: number): SizeGroup[] {
  const groups: { width: number; height: number; images: RgbImage[]; indices: number[] }[] = [];
  images.forEach((image, index) => {
    const { width, height } = image;
    let group = groups.find((g) => g.width === width && g.height === height && g.images.length < limit);
    if (group === undefined) groups.push((group = { width, height, images: [], indices: [] }));
    group.images.push(image);
    group.indices.push(index);
  });
  return groups;
}
