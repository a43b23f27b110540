import { readFile, writeFile } from 'node:fs/promises';
import type { Engine } from '../../../models/engine/engine.js';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { createDetector } from '../../../models/detect/create-detector.js';
import { type CountReport, judgeCount } from '../../counting/count-error.js';
import { countingSummary, countingTable } from '../../counting/counting-text.js';
import { pairClips, TruthError } from '../../counting/read-truth.js';
import { type ReplayedFrame, replayClip } from '../../replay/replay-clip.js';
import { VideoError } from '../../replay/video-frames.js';
import { exitCodes } from '../exit-codes.js';
import { weightsFolder } from '../weights-folder.js';

/** Which clips to count people in, and with what. */
export interface VideoEvaluation {
  /** A clip, or a folder of clips. */
  readonly video: string;
  /** Its truth, or a folder of truths. */
  readonly truth: string;
  readonly detector: string;
  readonly classifier: string;
  /** Frames a second to analyse, at most. */
  readonly fps: number;
  /** Long side of the frames analysed, in pixels. */
  readonly frameSide: number;
  readonly json: boolean;
  /** Markdown file whose part between the marks is replaced by the table. */
  readonly write?: string;
}

const marks = ['<!-- table begins -->', '<!-- table ends -->'] as const;

/**
 * Counts the people of clips and prints how far the counts are off.
 *
 * @param note told about clips that cannot be judged
 * @returns the exit code
 */
export async function evaluateVideo(
  engine: Engine,
  options: VideoEvaluation,
  note: (text: string) => void,
): Promise<number> {
  const detector = await createDetector(options.detector, engine);
  const classifier = await loadClassifier(engine, weightsFolder(options.classifier));
  const reports: CountReport[] = [];
  let failed = false;
  try {
    for (const { video, truth } of await pairClips(options.video, options.truth)) {
      note(truth.clip);
      const frames: ReplayedFrame[] = [];
      for await (const frame of replayClip(video, { detector, classifier }, options)) frames.push(frame);
      reports.push(judgeCount(truth, frames));
    }
  } catch (error) {
    if (!(error instanceof TruthError || error instanceof VideoError)) throw error;
    note(error.message);
    failed = true;
  } finally {
    classifier.close();
    detector.close();
  }
  const text = `${countingTable(reports)}\n\n${countingSummary(reports)}`;
  process.stdout.write(options.json ? `${JSON.stringify(reports)}\n` : `${text}\n`);
  if (options.write !== undefined && !failed) await replaceTable(options.write, text);
  return failed ? exitCodes.failure : exitCodes.ok;
}

async function replaceTable(path: string, table: string): Promise<void> {
  const page = await readFile(path, 'utf8');
  const begin = page.indexOf(marks[0]);
  const end = page.indexOf(marks[1]);
  if (begin < 0 || end < begin) throw new Error(`${path} has no part between ${marks[0]} and ${marks[1]}`);
  const before = page.slice(0, begin + marks[0].length);
  await writeFile(path, `${before}\n\n${table}\n\n${page.slice(end)}`);
}
