import type { Random } from '../random.js';
import type { Augmentation } from './settings.js';

/** Varies contrast, brightness and channel gains in place; sometimes takes the colour away. */
export function varyLight(pixels: Float32Array, settings: Augmentation, random: Random): void {
  const contrast = Math.exp(random.normal() * settings.light);
  const brightness = Math.exp(random.normal() * settings.light);
  const gains = [0, 1, 2].map(() => brightness * Math.exp(random.normal() * settings.tint));
  const grey = random.uniform() < settings.grey;
  const [red = 1, green = 1, blue = 1] = gains;
  let sum = 0;
  for (const value of pixels) sum += value;
  const mean = sum / pixels.length;
  for (let i = 0; i < pixels.length; i += 3) {
    let r = (mean + ((pixels[i] ?? 0) - mean) * contrast) * red;
    let g = (mean + ((pixels[i + 1] ?? 0) - mean) * contrast) * green;
    let b = (mean + ((pixels[i + 2] ?? 0) - mean) * contrast) * blue;
    if (grey) r = g = b = 0.299 * r + 0.587 * g + 0.114 * b;
    pixels[i] = r;
    pixels[i + 1] = g;
    pixels[i + 2] = b;
  }
}

/** Adds grey noise in place. @param deviation in levels of 0..255 */
export function addNoise(pixels: Float32Array, deviation: number, random: Random): void {
  // A table of normals, entered at random places, is a tenth of the cost of drawing each.
  const table = Float32Array.from({ length: 1024 }, () => random.normal() * deviation);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = (pixels[i] ?? 0) + (table[(i * 7 + (i >> 10) * 131 + random.below(2)) & 1023] ?? 0);
  }
}

/** Covers a rectangle of up to a fifth of the picture with one colour, in place. */
export function occlude(pixels: Float32Array, size: number, random: Random): void {
  const width = Math.round(size * (0.15 + 0.3 * random.uniform()));
  const height = Math.round(size * (0.15 + 0.3 * random.uniform()));
  const left = random.below(size - width + 1);
  const top = random.below(size - height + 1);
  const colour = [0, 1, 2].map(() => 255 * random.uniform());
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) pixels.set(colour, (y * size + x) * 3);
  }
}
