import type { Box } from '../../image.js';
import { escapeText } from '../escape-text.js';
import type { LabelledScene } from '../scenes/scene-labels.js';
import type { FacesIn, SceneRules } from './evaluate-scenes.js';
import { matchBoxes } from './match-boxes.js';
import { sheetPage } from './sheet-page.js';

/** A place of a scene where the models were wrong. */
export interface SceneMistake {
  readonly scene: LabelledScene;
  readonly box: Box;
  readonly kind: 'no face' | 'not found' | 'wrong state';
  /** What is wrong, in words. */
  readonly detail: string;
  /** How bad it is among its kind; more is worse. */
  readonly weight: number;
}

/**
 * Mistakes at the operating point, the worst of each kind first: the surest faces where there is none, the largest faces that were
 * not found, the surest wrong states. `unknown` is no mistake here.
 */
export function sceneMistakes(
  scenes: readonly LabelledScene[],
  facesIn: FacesIn,
  { iou, score: least }: SceneRules,
): SceneMistake[] {
  const mistakes: SceneMistake[] = [];
  for (const scene of scenes) {
    const sure = facesIn(scene).filter(({ score }) => score >= least);
    const matches = matchBoxes(scene.boxes, sure, iou, ({ score }) => score);
    for (const { face, truth } of matches) {
      const { box, label, score } = face;
      if (!truth) mistakes.push({ scene, box, kind: 'no face', detail: score.toFixed(2), weight: score });
      else if (label !== truth.label && label !== 'unknown') {
        const sureness = face.probabilities?.[label] ?? score;
        const detail = `${truth.label}, called ${label} ${(100 * sureness).toFixed(0)} %`;
        mistakes.push({ scene, box, kind: 'wrong state', detail, weight: sureness });
      }
    }
    const found = new Set(matches.map(({ truth }) => truth));
    for (const truth of scene.boxes) {
      if (found.has(truth)) continue;
      const { width, height } = truth.box;
      const detail = `${truth.label}, ${width.toFixed(0)}x${height.toFixed(0)} px`;
      mistakes.push({ scene, box: truth.box, kind: 'not found', detail, weight: Math.min(width, height) });
    }
  }
  return mistakes.sort((a, b) => a.kind.localeCompare(b.kind) || b.weight - a.weight);
}

/**
 * A page that shows mistakes with their surroundings. It refers to the pictures where they lie and holds none itself.
 *
 * @param most of each kind
 * @param addressOf where the browser finds a scene's picture
 */
export function sceneMistakeSheet(
  title: string,
  mistakes: readonly SceneMistake[],
  most: number,
  addressOf: (file: string) => string,
): string {
  const counts = new Map<string, number>();
  const shown = mistakes.filter(({ kind }) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return (counts.get(kind) ?? 0) <= most;
  });
  const figures = shown.map(({ scene, box, kind, detail }) => {
    const { x, y, width, height } = box;
    const side = 2.5 * Math.max(width, height);
    const view = [x + width / 2 - side / 2, y + height / 2 - side / 2, side, side].map((n) => n.toFixed(1));
    const picture =
      `<svg viewBox="${view.join(' ')}" role="img" aria-label="${escapeText(scene.file)}">` +
      `<image href="${escapeText(addressOf(scene.file))}" width="${scene.width}" height="${scene.height}"/>` +
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="#d55e00" stroke-width="${side / 60}"/></svg>`;
    return { picture, caption: [`<b>${kind}</b>`, escapeText(detail)], file: scene.file };
  });
  return sheetPage(title, figures);
}
