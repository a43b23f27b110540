import type { Box } from '../../../models/image.js';

/** Width and height in the same unit. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Where `object-fit: contain` puts a picture inside an element.
 *
 * @param element size of the element's content box, in CSS pixels
 * @param picture size of the picture, in its own pixels
 * @returns the picture's rectangle in CSS pixels of the element; empty when either size is
 */
export function containedRect(element: Size, picture: Size): Box {
  if (!(element.width > 0 && element.height > 0 && picture.width > 0 && picture.height > 0)) {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  const scale = Math.min(element.width / picture.width, element.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (element.width - width) / 2, y: (element.height - height) / 2, width, height };
}
