/**
 * Marks on the way through ffmpeg: a unit's running number and whether a frame is wanted of it, as one timestamp.
 * Timestamps grow by two a unit; a wanted unit's is odd. ffmpeg keeps them as they are.
 */
export function markOf(index: number, wanted: boolean): number {
  return index * 2 + (wanted ? 1 : 0);
}

/** The running number in a mark. */
export function indexOfMark(mark: number): number {
  return Math.floor(mark / 2);
}

const showinfo = /^\[Parsed_showinfo_\d+ @ [^\]]*\] n: *\d+ pts: *(-?\d+) .* s:(\d+)x(\d+) /;

/** What a `showinfo` line tells of a frame. */
export interface ShownFrame {
  readonly mark: number;
  readonly width: number;
  readonly height: number;
}

/** Reads one line of ffmpeg's standard error; `undefined` for every other line. */
export function parseShowinfo(line: string): ShownFrame | undefined {
  const match = showinfo.exec(line);
  if (match === null) return undefined;
  return { mark: Number(match[1]), width: Number(match[2]), height: Number(match[3]) };
}
