import { escapeText } from '../escape-text.js';

/** A picture on a sheet. */
export interface SheetFigure {
  /** HTML of the picture. */
  readonly picture: string;
  /** Lines of HTML below it. */
  readonly caption: readonly string[];
  /** Where it comes from. */
  readonly file: string;
}

/** A page of pictures with what is to be said of them. */
export function sheetPage(title: string, figures: readonly SheetFigure[]): string {
  const shown = figures.map(
    ({ picture, caption, file }) => `<figure>${picture}
<figcaption>${[...caption, `<small>${escapeText(file)}</small>`].join('<br>')}</figcaption></figure>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeText(title)}</title>
<style>body{font:14px sans-serif;margin:2em}main{display:flex;flex-wrap:wrap;gap:1em}figure{width:180px;margin:0}
img,svg{width:180px;height:180px;object-fit:contain;background:#eee}small{color:#555;overflow-wrap:anywhere}</style>
<h1>${escapeText(title)}</h1>
<main>
${shown.join('\n')}
</main></html>
`;
}
