import { percentileOf, rounded, type Spread, spreadOf } from '../measure/spread.js';
import { HelperProcess } from '../product/helper-process.js';
import type { SubjectSettings } from './subject.js';
import type { WorkDone, WorkOrder } from './subject-main.js';

/** One of several ways that are compared: a subject in one process, or the same in several that share the work. */
export interface Contender {
  readonly name: string;
  readonly subject: SubjectSettings;
  /** The core of each of its processes; one process on any core where absent. */
  readonly cores?: readonly number[];
}

/** How a contender did over all rounds. */
export interface Standing {
  readonly name: string;
  readonly about: string;
  /** Of all its processes together; the spread is over the rounds. */
  readonly framesPerSecond: Spread;
  readonly perRound: readonly number[];
  readonly facesPerFrame: number;
}

/** How the turns are taken. */
export interface TurnOptions {
  readonly rounds: number;
  /** How long one contender works at a time. */
  readonly turnMs: number;
  readonly progress: (line: string) => void;
}

/** Lets contenders take turns, so that what changes in the machine meanwhile meets all of them. */
export async function takeTurns(
  contenders: readonly Contender[],
  { rounds, turnMs, progress }: TurnOptions,
): Promise<Standing[]> {
  const teams: { about: string; processes: HelperProcess[]; rounds: WorkDone[][] }[] = [];
  try {
    for (const { name, subject, cores = [undefined] } of contenders) {
      const processes = cores.map(
        (core) => new HelperProcess('../subjects/subject-main.ts', [JSON.stringify(subject)], core),
      );
      const team = { about: '', processes, rounds: [] };
      teams.push(team);
      const [about = ''] = await Promise.all(processes.map((process) => process.next<string>()));
      team.about = about;
      progress(`ready: ${name}`);
    }
    const order: WorkOrder = { ms: turnMs };
    for (let round = 1; round <= rounds; round++) {
      for (const team of teams) {
        team.rounds.push(await Promise.all(team.processes.map((process) => process.ask<WorkDone>(order))));
      }
      progress(`round ${round} of ${rounds}`);
    }
  } finally {
    await Promise.all(teams.flatMap(({ processes }) => processes.map((process) => process.close())));
  }
  return teams.map(({ about, rounds: done }, index) => {
    const perRound = done.map((parts) =>
      parts.reduce((sum, { frames, ms }) => sum + (1000 * frames) / ms, 0),
    );
    const faces = done.flat().map((part) => part.faces / part.frames);
    return {
      name: contenders[index]?.name ?? '',
      about,
      framesPerSecond: spreadOf(perRound),
      perRound,
      facesPerFrame: rounded(percentileOf(faces, 0.5)),
    };
  });
}

/** How many times as fast one is as another, round by round. */
export function timesAsFast(fast: Standing | undefined, slow: Standing | undefined): Spread {
  return spreadOf(
    (fast?.perRound ?? []).map((value, round) => value / (slow?.perRound[round] ?? Infinity)),
    2,
  );
}

/** The rows of a table of standings. */
export function standingRows(standings: readonly Standing[]): string[][] {
  return standings.map(({ name, framesPerSecond: { min, median, max }, facesPerFrame, about }) => [
    name,
    String(median),
    `${min}..${max}`,
    String(facesPerFrame),
    about,
  ]);
}

/** The heads of those rows. */
export const standingHead = ['pipeline', 'frames/s (median)', 'spread', 'faces a frame', 'what'] as const;
