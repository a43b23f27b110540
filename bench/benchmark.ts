import type { Target } from './report/target.js';

/** What a benchmark prints: one table, cells as they are to be read. */
export interface ResultTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a benchmark found. */
export interface Findings {
  /** All that was measured, for programs; anything JSON can hold. */
  readonly figures: Readonly<Record<string, unknown>>;
  readonly table: ResultTable;
  /** What a reader must know to read the table: units, conditions, what was left out. */
  readonly notes: readonly string[];
  readonly targets: readonly Target[];
}

/** What a benchmark is given. */
export interface BenchContext {
  /** True for a quick run that shows that everything works; its figures say little. */
  readonly quick: boolean;
  /** Says what goes on, on standard error. */
  readonly progress: (line: string) => void;
}

/** One benchmark. */
export interface Benchmark {
  /** The name on the command line. */
  readonly name: string;
  /** One line: what is measured. */
  readonly title: string;
  run(context: BenchContext): Promise<Findings>;
}
