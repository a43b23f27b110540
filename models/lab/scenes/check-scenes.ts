import { basename, dirname, join } from 'node:path';
import { checkFolder } from '../data/check-folder.js';
import type { DataFinding, DataReport } from '../data/check-folder.js';
import type { SplitPart } from '../data/split.js';
import { readScenesAndBad } from './read-scenes.js';
import type { LabelledScene } from './scene-labels.js';

/** A box may stand out of its picture by this many pixels: labels are rounded. */
const slack = 2;

/**
 * Looks at every picture and label of scenes; names what is wrong and goes on.
 *
 * @param labels a `labels.json` or a folder of Pascal VOC files; the pictures lie in `images/` beside it
 * @param parts which part of a split a face is in, by the names that a training gives to faces of scenes
 * @param leastSide short side in pixels under which a picture is too small
 * @throws Error when a `labels.json` does not fit
 */
export async function checkScenes(
  labels: string,
  parts: ReadonlyMap<string, SplitPart>,
  leastSide: number,
): Promise<DataReport> {
  const { scenes, bad } = await readScenesAndBad(labels);
  const pictures = scenes.map(({ file, width, height }) => ({
    file,
    label: 'scene',
    size: { width, height },
  }));
  const set = basename(dirname(labels));
  const sceneParts = new Map<string, SplitPart>();
  for (const [face, part] of parts) {
    const [name = ''] = face.split('#');
    if (name.startsWith(`${set}/`)) sceneParts.set(name.slice(set.length + 1), part);
  }
  const report = await checkFolder(join(dirname(labels), 'images'), pictures, sceneParts, leastSide);
  const unread = bad.map(({ file, message }): DataFinding => ({
    kind: 'bad label',
    file,
    other: null,
    detail: message,
  }));
  const faces: Record<string, number> = {};
  for (const { label } of scenes.flatMap(({ boxes }) => boxes)) faces[label] = (faces[label] ?? 0) + 1;
  return {
    ...report,
    labels: { ...report.labels, ...faces },
    findings: [...unread, ...scenes.flatMap(boxesOutside), ...report.findings],
  };
}

function boxesOutside({ file, width, height, boxes }: LabelledScene): DataFinding[] {
  return boxes
    .filter(
      ({ box }) =>
        Math.min(box.x, box.y) < -slack ||
        box.x + box.width > width + slack ||
        box.y + box.height > height + slack ||
        Math.min(box.width, box.height) <= 0,
    )
    .map(({ label, box }) => {
      const detail = `${label} at ${box.x},${box.y} of ${box.width}x${box.height} is no box of a ${width}x${height} picture`;
      return { kind: 'bad label', file, other: null, detail };
    });
}
