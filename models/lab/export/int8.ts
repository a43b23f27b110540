/** Numbers as int8 with a scale each channel: element `i` stands for `values[i] * scales[i % channels]`. */
export interface Int8Weights {
  readonly scales: Float32Array;
  readonly values: Int8Array;
}

/**
 * Rounds weights to int8, symmetric around 0: the largest of each channel becomes ±127, so each is off by half a scale at
 * most.
 *
 * @param channels how many; the channel is the fastest index
 */
export function toInt8(weights: Float32Array, channels: number): Int8Weights {
  const scales = new Float32Array(channels);
  weights.forEach((value, i) => {
    scales[i % channels] = Math.max(scales[i % channels] ?? 0, Math.abs(value) / 127);
  });
  const values = Int8Array.from(weights, (value, i) => {
    const scale = scales[i % channels] ?? 0;
    return scale === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(value / scale)));
  });
  return { scales, values };
}
