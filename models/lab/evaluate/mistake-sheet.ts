import { escapeText } from '../escape-text.js';
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
    return `<figure><img loading="lazy" src="${escapeText(addressOf(file))}" alt="${escapeText(file)}">
<figcaption><b>${truth}</b>, called <b>${label}</b><br>${said.join(', ')}<br><small>${escapeText(file)}</small></figcaption></figure>`;
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeText(title)}</title>
<style>body{font:14px sans-serif;margin:2em}main{display:flex;flex-wrap:wrap;gap:1em}figure{width:180px;margin:0}
img{width:180px;height:180px;object-fit:contain;background:#eee}small{color:#555;overflow-wrap:anywhere}</style>
<h1>${escapeText(title)}</h1>
<main>
${figures.join('\n')}
</main></html>
`;
}
