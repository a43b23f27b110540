/** A piece of a line: plain, code, or strong. */
export interface Inline {
  readonly kind: 'text' | 'code' | 'strong';
  readonly text: string;
}

/** A part of a document. */
export type Block =
  /** `level` 1..6. */
  | { readonly kind: 'heading'; readonly level: number; readonly text: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

/** Longest text that is read, in characters; the rest is left out. */
const longest = 64 * 1024;

/**
 * Reads the small part of Markdown that model cards use: headings, paragraphs, lists with `*` or `-`, fenced code, tables,
 * `code` and **strong**. Everything else, HTML and links too, stays the text that it is; nothing can come out but text.
 */
export function parseMarkdown(text: string): Block[] {
  const lines = text.slice(0, longest).split(/\r?\n/);
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (fits: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && fits(lines[at] ?? '')) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    if (line.trim() === '') at++;
    else if (heading !== null) {
      at++;
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: inlines(heading[2] ?? '') });
    } else if (line.startsWith('```')) {
      at++;
      blocks.push({ kind: 'code', text: takeWhile((next) => !next.startsWith('```')).join('\n') });
      at++;
    } else if (isItem(line)) {
      blocks.push({ kind: 'list', items: takeWhile(isItem).map((item) => inlines(item.slice(2))) });
    } else if (isRow(line) && /^\|[\s:|-]+\|$/.test((lines[at + 1] ?? '').trim())) {
      const [head = '', , ...rows] = takeWhile(isRow);
      blocks.push({ kind: 'table', head: cells(head), rows: rows.map(cells) });
    } else {
      at++;
      const more = takeWhile((next) => next.trim() !== '' && !/^(#{1,6} |```|[*-] |\|)/.test(next));
      blocks.push({ kind: 'paragraph', text: inlines([line, ...more].join(' ')) });
    }
  }
  return blocks;
}

function isItem(line: string): boolean {
  return /^[*-] /.test(line);
}

function isRow(line: string): boolean {
  return /^\|.*\|\s*$/.test(line);
}

function cells(row: string): Inline[][] {
  return row
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => inlines(cell.trim()));
}

function inlines(text: string): Inline[] {
  return text
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .filter((piece) => piece !== '')
    .map((piece): Inline => {
      if (/^`[^`]+`$/.test(piece)) return { kind: 'code', text: piece.slice(1, -1) };
      if (/^\*\*[^*]+\*\*$/.test(piece)) return { kind: 'strong', text: piece.slice(2, -2) };
      return { kind: 'text', text: unescaped(piece) };
    });
}

/** `\_` and the like are the character itself. */
function unescaped(text: string): string {
  return text.replace(/\\([\\`*_{}[\]()#+.!|<>-])/g, '$1');
}
