/** How a picture lies in the network's input: at the top left, zeros at the right and below. */
export interface InputLayout {
  /** Size of the picture in the input, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Size of the input, multiples of the largest stride. */
  readonly inputWidth: number;
  readonly inputHeight: number;
}

/**
 * Brings the long side of a picture to a given length.
 *
 * @param side long side in the input, in pixels
 * @param multiple of which the input's sides must be
 */
export function inputLayout(
  picture: { readonly width: number; readonly height: number },
  side: number,
  multiple: number,
): InputLayout {
  const scale = side / Math.max(picture.width, picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const up = (length: number) => Math.ceil(length / multiple) * multiple;
  return { width, height, inputWidth: up(width), inputHeight: up(height) };
}
