import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { parseRoute, plainViews } from '../../client/src/router/route.js';
import { looks, pictureName } from '../../docs/screenshots/looks.js';
import { withPictureTable } from '../../docs/screenshots/picture-table.js';
import { firstScenes, scenesOf } from '../../docs/screenshots/scenes.js';

describe('the pictures of the product', () => {
  const scenes = [...scenesOf({ replayId: 'clip' }, 'rtsp://camera/stream'), ...firstScenes];

  it('show every page', () => {
    const shown = new Set(scenes.map(({ path }) => parseRoute(path.replace(/#.*/, '')).view));
    expect([...shown]).to.include.members([
      ...plainViews,
      ...(['wall', 'camera', 'publish', 'board', 'replay', 'not-found'] as const),
    ]);
  });

  it('are all there, in every look, and no others; together they are small', () => {
    const named = scenes.flatMap(({ name }) => looks.map((look) => pictureName(name, look)));
    expect(named.filter((name) => !existsSync(`docs/${name}`))).to.deep.equal([]);
    const there = readdirSync('docs/pictures').map((name) => `pictures/${name}`);
    expect(there.filter((name) => !named.includes(name))).to.deep.equal([]);
    const bytes = named.reduce((sum, name) => sum + statSync(`docs/${name}`).size, 0);
    expect(bytes).to.be.below(6e6);
  });

  it('stand in the table of docs, which is as the script writes it', () => {
    const readme = readFileSync('docs/README.md', 'utf8');
    const plain = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
    expect(plain(withPictureTable(readme, scenes))).to.equal(plain(readme));
  });
});
