/** Cells of the barcode: a sync pattern, a 20-bit frame number, an 8-bit check. */
const sync = [1, 0, 1, 1] as const;
const numberBits = 20;
const checkBits = 8;
const cells = sync.length + numberBits + checkBits;

/** Pixels as they come from ffmpeg (rgb24) or a canvas (rgba): row-major, no padding. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray | readonly number[];
}

/** Share of the picture's height, at its lower edge, that the barcode covers. */
export const barcodeHeight = 1 / 12;

function checksum(number: number): number {
  return ((number * 2654435761) >>> 13) & 0xff;
}

function bitsOf(number: number): number[] {
  const check = checksum(number);
  const bits: number[] = [...sync];
  for (let bit = numberBits - 1; bit >= 0; bit -= 1) bits.push((number >> bit) & 1);
  for (let bit = checkBits - 1; bit >= 0; bit -= 1) bits.push((check >> bit) & 1);
  return bits;
}

/**
 * Draws a frame number over the lower edge of an rgb24 picture, in place, over its full width.
 *
 * @param number 0..1,048,575
 * @throws RangeError when it is larger
 */
export function drawBarcode(pixels: Pixels & { readonly data: Uint8Array }, number: number): void {
  if (!Number.isInteger(number) || number < 0 || number >= 2 ** numberBits) {
    throw new RangeError(`frame number ${number} is not in 0..${2 ** numberBits - 1}`);
  }
  const bits = bitsOf(number);
  const top = Math.floor(pixels.height * (1 - barcodeHeight));
  for (let y = top; y < pixels.height; y += 1) {
    for (let x = 0; x < pixels.width; x += 1) {
      const on = bits[Math.floor((x * cells) / pixels.width)] === 1;
      pixels.data.fill(on ? 235 : 16, (y * pixels.width + x) * 3, (y * pixels.width + x) * 3 + 3);
    }
  }
}

/**
 * Reads the frame number out of a decoded picture, at whatever size it was scaled to (from about 128 pixels wide).
 *
 * The function is self-contained apart from its constants; for use inside a browser page see `barcodeReaderSource`.
 *
 * @param channels 3 for rgb, 4 for rgba
 * @returns the number, or `undefined` where the code is missing or damaged
 */
export function readBarcode(pixels: Pixels, channels: 3 | 4 = 3): number | undefined {
  const y = Math.floor(pixels.height * (1 - barcodeHeight / 2));
  let value = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    const x = Math.floor(((cell + 0.5) * pixels.width) / cells);
    const bit = (pixels.data[(y * pixels.width + x) * channels + 1] ?? 0) > 125 ? 1 : 0;
    if (cell < sync.length && bit !== sync[cell]) return undefined;
    if (cell >= sync.length) value = value * 2 + bit;
  }
  const number = Math.floor(value / 2 ** checkBits);
  return value % 2 ** checkBits === checksum(number) ? number : undefined;
}

/** Numbers of a barcode begin again at 0 after this many. */
export const barcodeNumbers = 2 ** numberBits;

/**
 * JavaScript source of a function `(context, width, height, number)` that draws the barcode over a canvas, the same as
 * `drawBarcode`; a number beyond the largest is taken modulo.
 */
export const barcodePainterSource = `((context, width, height, number) => {
  const value = number % ${barcodeNumbers};
  const check = ((value * 2654435761) >>> 13) & 0xff;
  const bits = ${JSON.stringify(sync)};
  for (let bit = ${numberBits - 1}; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
  for (let bit = ${checkBits - 1}; bit >= 0; bit -= 1) bits.push((check >> bit) & 1);
  const top = Math.floor(height * (1 - ${barcodeHeight}));
  bits.forEach((on, cell) => {
    const left = Math.ceil((cell * width) / ${cells});
    context.fillStyle = on ? 'rgb(235 235 235)' : 'rgb(16 16 16)';
    context.fillRect(left, top, Math.ceil(((cell + 1) * width) / ${cells}) - left, height - top);
  });
})`;

/**
 * JavaScript source of a function `(pixels, channels) => number | undefined`, the same as `readBarcode`, to be
 * given to a page: a page knows nothing of this module.
 */
export const barcodeReaderSource = `((pixels, channels) => {
  const sync = ${JSON.stringify(sync)};
  const y = Math.floor(pixels.height * (1 - ${barcodeHeight} / 2));
  let value = 0;
  for (let cell = 0; cell < ${cells}; cell += 1) {
    const x = Math.floor(((cell + 0.5) * pixels.width) / ${cells});
    const bit = pixels.data[(y * pixels.width + x) * channels + 1] > 125 ? 1 : 0;
    if (cell < ${sync.length} && bit !== sync[cell]) return undefined;
    if (cell >= ${sync.length}) value = value * 2 + bit;
  }
  const number = Math.floor(value / ${2 ** checkBits});
  return value % ${2 ** checkBits} === (((number * 2654435761) >>> 13) & 0xff) ? number : undefined;
})`;
