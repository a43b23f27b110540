import { escapeText } from '../escape-text.js';
import { cacheText } from './cache-speed.js';
import { findingKinds } from './check-folder.js';
import type { DataReport } from './check-folder.js';

/** The report as plain text: counts first, then a line for each finding. */
export function checkText({ pictures, labels, findings, cache }: DataReport): string {
  const held = Object.entries(labels).map(([label, n]) => `${label} ${n}`);
  const counts = findingKinds.map((kind) => `${kind}: ${findings.filter((f) => f.kind === kind).length}`);
  const lines = findings.map(
    ({ kind, file, other, detail }) => `${kind}  ${file}${other === null ? '' : ` = ${other}`}  (${detail})`,
  );
  return [
    `${pictures} pictures: ${held.join(', ')}`,
    counts.join(', '),
    ...(cache ? [cacheText(cache)] : []),
    ...lines,
    '',
  ].join('\n');
}

/**
 * A page that shows each finding with its pictures, for a person to decide by. It refers to the pictures where they lie and
 * holds none itself.
 * @param addressOf where the browser finds a picture
 */
export function contactSheet(
  title: string,
  { findings, cache }: DataReport,
  addressOf: (file: string) => string,
): string {
  const picture = (file: string): string =>
    `<a href="${escapeText(addressOf(file))}"><img loading="lazy" src="${escapeText(addressOf(file))}" alt="${escapeText(file)}"></a>`;
  const sections = findingKinds.map((kind) => {
    const figures = findings
      .filter((finding) => finding.kind === kind)
      .map(
        ({ file, other, detail }) => `<figure>${picture(file)}${other === null ? '' : picture(other)}
<figcaption>${[file, ...(other === null ? [] : [other]), detail].map(escapeText).join('<br>')}</figcaption></figure>`,
      );
    return `<h2>${kind}: ${figures.length}</h2>\n<section>${figures.join('\n')}</section>`;
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeText(title)}</title>
<style>body{font:14px sans-serif;margin:2em}section{display:flex;flex-wrap:wrap;gap:1em}figure{margin:0;max-width:264px}
img{width:128px;height:128px;object-fit:contain;background:#eee}figcaption{font-size:12px;overflow-wrap:anywhere}</style>
<h1>${escapeText(title)}</h1>
${cache ? `<p>${escapeText(cacheText(cache))}</p>` : ''}
${sections.join('\n')}
</html>
`;
}
