import { z } from 'zod';

/** A classifier that was chosen. */
export interface Choice {
  readonly name: string;
  /** Epoch milliseconds of the choice; absent for the one of the configuration, which nobody chose here. */
  readonly since?: number;
}

/** Which classifiers ran, oldest first; the last one runs. Never empty. */
export type ChoiceHistory = readonly [Choice, ...Choice[]];

/** Choices that are kept. */
const kept = 20;

const storedSchema = z
  .array(z.object({ name: z.string().min(1), since: z.number().optional() }))
  .min(1)
  .max(kept);

/** The one that runs. */
export function activeOf(history: ChoiceHistory): Choice {
  return history.at(-1) ?? history[0];
}

/** The one that a rollback would bring back, if any. */
export function beforeOf(history: ChoiceHistory): Choice | undefined {
  return history.at(-2);
}

/** The history after a choice. */
export function choose(history: ChoiceHistory, name: string, atMs: number): ChoiceHistory {
  const [first, ...rest] = [...history, { name, since: atMs }].slice(-kept);
  return [first ?? { name, since: atMs }, ...rest];
}

/** The history without its last choice; the same where there is only one. */
export function rollBack(history: ChoiceHistory): ChoiceHistory {
  const [first, ...rest] = history;
  return [first, ...rest.slice(0, -1)];
}

/** As text for the store. */
export function formatHistory(history: ChoiceHistory): string {
  return JSON.stringify(history);
}

/** From the store; undefined where there is nothing, or nothing that can be understood. */
export function parseHistory(text: string | undefined): ChoiceHistory | undefined {
  if (text === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const parsed = storedSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const [first, ...rest] = parsed.data.map(({ name, since }): Choice => ({
    name,
    ...(since === undefined ? {} : { since }),
  }));
  return first === undefined ? undefined : [first, ...rest];
}
