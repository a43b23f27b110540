/** Control characters (C0, DEL, C1), invisible format characters (writing direction among them), line and paragraph separators. */
const obeyed = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text in which a terminal finds nothing to obey: every character that moves, hides, recolours or reorders others is written
 * as `\uXXXX`, so that what came from outside can neither forge a line nor change how one reads. In the strings of a JSON text
 * this is an escape: who parses it gets the same text back.
 */
export function visibleText(text: string): string {
  return text.replaceAll(obeyed, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => String.raw`\u` + character.charCodeAt(at).toString(16).padStart(4, '0'),
    ).join(''),
  );
}
