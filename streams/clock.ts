/**
 * The clock that every timestamp inside one machine uses.
 *
 * @returns milliseconds of CLOCK_MONOTONIC, with fractions; comparable between processes of this machine,
 *   never jumping with the wall clock.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
