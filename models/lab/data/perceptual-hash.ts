import sharp from 'sharp';

const side = 16;

/** Words of a hash: 256 bits. */
export const hashWords = (side * side) / 32;

/**
 * Difference hash: the picture as grey 17x16, one bit a cell for "brighter than its right neighbour".
 * Survives rescaling, recompression and small colour changes; 256 bits keep faces of two people apart.
 * @throws Error when the picture cannot be decoded
 */
export async function perceptualHash(path: string): Promise<Uint32Array> {
  const grey = await sharp(path)
    .greyscale()
    .resize(side + 1, side, { fit: 'fill' })
    .raw()
    .toBuffer();
  return hashOfGrey(grey);
}

/** The hash of a grey 17x16 picture, row by row. */
export function hashOfGrey(grey: Uint8Array): Uint32Array {
  const hash = new Uint32Array(hashWords);
  for (let bit = 0; bit < side * side; bit++) {
    const at = Math.floor(bit / side) * (side + 1) + (bit % side);
    if ((grey[at] ?? 0) > (grey[at + 1] ?? 0)) hash[bit >> 5] = (hash[bit >> 5] ?? 0) | (1 << (bit & 31));
  }
  return hash;
}

/** Bits in which two hashes differ, 0..256. */
export function hashDistance(a: Uint32Array, b: Uint32Array): number {
  let bits = 0;
  for (let i = 0; i < hashWords; i++) bits += popCount((a[i] ?? 0) ^ (b[i] ?? 0));
  return bits;
}

/** Set bits of a 32-bit word. */
export function popCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
