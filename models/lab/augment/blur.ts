/** Blurs a square picture in place with a Gaussian, edges repeated. @param deviation in pixels, above 0 */
export function blur(pixels: Float32Array, size: number, deviation: number): void {
  const radius = Math.max(1, Math.ceil(deviation * 2.5));
  const kernel = Array.from({ length: radius * 2 + 1 }, (_, i) =>
    Math.exp(-(((i - radius) / deviation) ** 2) / 2),
  );
  const sum = kernel.reduce((a, b) => a + b, 0);
  const weights = Float32Array.from(kernel, (value) => value / sum);
  const line = new Float32Array(size * 3);
  for (let i = 0; i < size; i++) blurLine(pixels, i * size * 3, 3, size, weights, line);
  for (let i = 0; i < size; i++) blurLine(pixels, i * 3, size * 3, size, weights, line);
}

function blurLine(
  pixels: Float32Array,
  start: number,
  stride: number,
  length: number,
  weights: Float32Array,
  line: Float32Array,
): void {
  const radius = (weights.length - 1) / 2;
  for (let i = 0; i < length; i++) {
    for (let channel = 0; channel < 3; channel++)
      line[i * 3 + channel] = pixels[start + i * stride + channel] ?? 0;
  }
  for (let i = 0; i < length; i++) {
    let r = 0;
    let g = 0;
    let b = 0;
    for (let k = -radius; k <= radius; k++) {
      const from = Math.min(Math.max(i + k, 0), length - 1) * 3;
      const weight = weights[k + radius] ?? 0;
      r += weight * (line[from] ?? 0);
      g += weight * (line[from + 1] ?? 0);
      b += weight * (line[from + 2] ?? 0);
    }
    const to = start + i * stride;
    pixels[to] = r;
    pixels[to + 1] = g;
    pixels[to + 2] = b;
  }
}
