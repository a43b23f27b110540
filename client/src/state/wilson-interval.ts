/** Two-sided 95 % quantile of the normal distribution. */
const z = 1.959964;

/**
 * The range in which a share lies with 95 % confidence, after Wilson ("Probable inference, the law of succession, and statistical
 * inference", 1927): honest for few people and near 0 and 1, where the plain formula is not.
 *
 * @param hits of `trials`, 0..trials
 * @returns low and high end, 0..1; null without trials
 */
export function wilsonInterval(hits: number, trials: number): readonly [number, number] | null {
  if (trials <= 0) return null;
  const share = hits / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  // At the ends the formula gives 0 and 1 but for rounding.
  const low = hits <= 0 ? 0 : (centre - spread) / scale;
  const high = hits >= trials ? 1 : (centre + spread) / scale;
  return [low, high];
}
