/**
 * One run of ffmpeg. Both option lists are flat argument arrays made by the builders of this folder; only `input` and
 * `stdin` may hold text that a person typed.
 */
export interface FfmpegCommand {
  readonly inputOptions: readonly string[];
  /** The value of `-i`. */
  readonly input: string;
  /** All that goes to standard input; absent where it is written piece by piece or not at all. */
  readonly stdin?: string;
  readonly outputOptions: readonly string[];
  /** `pipe:1` for standard output, or an address such as `rtp://127.0.0.1:5004`. */
  readonly output: string;
}

/** What every run begins with: no questions on the terminal, no banner, no progress lines. */
export function quietOptions(logLevel: 'info' | 'warning' | 'error'): string[] {
  return ['-nostdin', '-hide_banner', '-nostats', '-loglevel', logLevel];
}
