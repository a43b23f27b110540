import { readFile } from 'node:fs/promises';
import { YAMLParseError, parse } from 'yaml';
import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens');
const settingsSchema = z.record(name, z.union([scalar, z.array(scalar)]));

const studySchema = z.strictObject({
  /** Heading of the table. */
  title: z.string().min(1),
  /** What is asked, and what to know when reading the table; Markdown. */
  about: z.string().default(''),
  /** Files and folders that the command line must name, each with what it is; `${name}` stands for it below. */
  inputs: z.record(name, z.string().min(1)).default({}),
  /** Settings of every row. */
  shared: settingsSchema.default({}),
  /** Settings of which every combination is a row; the last varies fastest. */
  grid: z.record(name, z.array(scalar).min(1)).default({}),
  /** Settings of rows that no grid gives; each is combined with the grid. `published` is what others reached, and is shown only. */
  rows: z.array(settingsSchema).min(1).default([{}]),
});

/** A setting of a training run: the value of an option of `maskwatch train`, a list for one that may be repeated. */
export type Setting = string | number | boolean | readonly (string | number | boolean)[];

/** Settings by the long names of the options, without hyphens in front. */
export type Settings = Readonly<Record<string, Setting>>;

/** A study as its file gives it. */
export type Study = z.infer<typeof studySchema>;

/** A study file that cannot be used. */
export class StudyError extends Error {
  override readonly name = 'StudyError';
}

/** Reads a study. @throws StudyError naming the file and what is wrong with it */
export async function readStudy(path: string): Promise<Study> {
  let content: unknown;
  try {
    content = parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof YAMLParseError ? cause.message : 'the file cannot be read';
    throw new StudyError(`${path}: ${reason}`, { cause });
  }
  const result = studySchema.safeParse(content);
  if (result.success) return result.data;
  throw new StudyError(`${path} breaks its rules: ${z.prettifyError(result.error)}`);
}
