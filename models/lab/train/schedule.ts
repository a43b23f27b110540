/** How the learning rate moves over a run. */
export interface Schedule {
  readonly kind: 'cosine' | 'constant' | 'step';
  /** Highest rate. */
  readonly peak: number;
  /** Part of the run over which the rate rises from 0, 0..1. */
  readonly warmUp: number;
}

/** The rate of one step. @param done part of the run that lies behind, 0..1 */
export function rateAt({ kind, peak, warmUp }: Schedule, done: number): number {
  if (done < warmUp) return (peak * done) / warmUp;
  const rest = (done - warmUp) / (1 - warmUp);
  if (kind === 'cosine') return (peak * (1 + Math.cos(Math.PI * rest))) / 2;
  if (kind === 'step') return peak * 0.1 ** Math.floor(rest * 3);
  return peak;
}
