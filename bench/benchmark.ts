import type { LinePlot } from './report/line-plot.js';
import type { Target } from './report/target.js';

/** What a benchmark prints: one table, cells as they are to be read. */
export interface ResultTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a benchmark found. Plain data: it travels from the benchmark's process. */
export interface Findings {
  /** All that was measured, for programs; anything JSON can hold. */
  readonly figures: Readonly<Record<string, unknown>>;
  readonly table: ResultTable;
  /** What a reader must know to read the table: units, conditions, what was left out. */
  readonly notes: readonly string[];
  readonly targets: readonly Target[];
  /** Where the time went; told where a target was missed. */
  readonly profile?: ResultTable;
  /** Pictures of the figures, by the name of their file without its ending. */
  readonly plots?: Readonly<Record<string, LinePlot>>;
}

/** What a benchmark is given. */
export interface BenchContext {
  /** True for a quick run that shows that everything works; its figures say little. */
  readonly quick: boolean;
  /** Folder with `peers/` (weights of the neighbours) and `scenes/voc853/` (labelled pictures); absent where there is none. */
  readonly data?: string | undefined;
  /** Says what goes on, on standard error. */
  readonly progress: (line: string) => void;
}

/** One benchmark. */
export interface Benchmark {
  /** The name on the command line. */
  readonly name: string;
  /** One line: what is measured. */
  readonly title: string;
  /** It is stopped, with all that it started, when it has not ended by then. */
  readonly limitSeconds: number;
  /** True where it is run only when it is asked for by name: it takes too long for a run of all. */
  readonly alone?: boolean;
  run(context: BenchContext): Promise<Findings>;
}
