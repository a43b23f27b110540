import { looks, pictureName } from './looks.js';
import type { Scene } from './scenes.js';

const begin = '<!-- pictures -->';
const end = '<!-- end of pictures -->';

/**
 * Puts the table of pictures between its two marks.
 *
 * @param text of docs/README.md
 * @throws where the marks are missing
 */
export function withPictureTable(text: string, scenes: readonly Pick<Scene, 'name' | 'title'>[]): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/README.md has no ${begin} … ${end}`);
  const heads = looks.map(({ device, scheme }) => `${device}, ${scheme}`);
  const rows = scenes.map(({ name, title }) => [
    title,
    ...looks.map((look) => `![${title}, ${look.device}, ${look.scheme}](${pictureName(name, look)})`),
  ]);
  const lines = [['page', ...heads], heads.concat('').map(() => '---'), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  return `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
}
