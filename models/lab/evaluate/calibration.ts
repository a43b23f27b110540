/** Faces whose answers were about equally sure. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly faces: number;
  /** Mean of the highest probability; null for an empty bin. */
  readonly confidence: number | null;
  /** Part of them that was right; null for an empty bin. */
  readonly accuracy: number | null;
}

/** How far a model's sureness can be believed. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error (Guo et al. 2017): mean gap between sureness and accuracy, weighted by faces. */
  readonly error: number | null;
}

/** One answer: how sure, and whether right. */
export interface SureAnswer {
  /** Highest probability, 0..1. */
  readonly confidence: number;
  readonly right: boolean;
}

/** Sorts answers into bins of equal width and compares sureness with accuracy. */
export function calibrationOf(answers: readonly SureAnswer[], count = 10): Calibration {
  const bins = Array.from({ length: count }, (_, i): CalibrationBin => {
    const inside = answers.filter(
      ({ confidence }) => Math.min(count - 1, Math.floor(confidence * count)) === i,
    );
    const mean = (value: (answer: SureAnswer) => number): number | null =>
      inside.length > 0 ? inside.reduce((sum, answer) => sum + value(answer), 0) / inside.length : null;
    return {
      from: i / count,
      to: (i + 1) / count,
      faces: inside.length,
      confidence: mean(({ confidence }) => confidence),
      accuracy: mean(({ right }) => (right ? 1 : 0)),
    };
  });
  const gap = bins.reduce(
    (sum, { faces, confidence, accuracy }) => sum + faces * Math.abs((confidence ?? 0) - (accuracy ?? 0)),
    0,
  );
  return { bins, error: answers.length > 0 ? gap / answers.length : null };
}

/** The error as a line for a terminal. */
export function calibrationText({ error }: Calibration): string {
  return `Calibration error ${error?.toFixed(3) ?? '-'}\n`;
}
