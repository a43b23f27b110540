/** Columns of a chart of bars and a line, all of one length: times in epoch seconds, and null where there is a gap. */
export type PlotColumns = readonly [
  at: readonly number[],
  bars: readonly (number | null)[],
  line: readonly (number | null)[],
];
