import { escapeText } from '../escape-text.js';
import { sheetPage } from './sheet-page.js';
import type { JudgedFace } from './evaluate-faces.js';

/** The mistakes that were made most surely, the surest first. */
export function worstMistakes(faces: readonly JudgedFace[], count: number): JudgedFace[] {
  const certainty = (face: JudgedFace): number => Math.max(...Object.values(face.probabilities));
  return faces
    .filter(({ truth, label }) => label !== truth)
    .sort((a, b) => certainty(b) - certainty(a))
    .slice(0, count);
}

/**
 * A page that shows mistakes with what was said of them. It refers to the pictures where they lie, so it holds no
 * photographs itself and works on the machine that has them only.
 * @param addressOf where the browser finds a picture, for example a `file:` address
 */
export function mistakeSheet(
  title: string,
  mistakes: readonly JudgedFace[],
  addressOf: (file: string) => string,
): string {
  const figures = mistakes.map(({ file, truth, label, probabilities }) => {
    const said = Object.entries(probabilities).map(([name, p]) => `${name} ${(100 * p).toFixed(0)} %`);
    return {
      picture: `<img loading="lazy" src="${escapeText(addressOf(file))}" alt="${escapeText(file)}">`,
      caption: [`<b>${truth}</b>, called <b>${label}</b>`, said.join(', ')],
      file,
    };
  });
  return sheetPage(title, figures);
}
