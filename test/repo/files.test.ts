import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';
import { productSources, projectFiles, root, textOf } from './source-files.js';

const files = projectFiles();
const written = files.filter((path) => /\.(ts|tsx|mjs|cjs|css|html|md|yaml|yml|py|sh)$/.test(path));

/** Words that betray an unfinished or switched-off place, or tell of the place where the code was written. */
const forbidden: readonly (readonly [string, RegExp])[] = [
  ['a mark of unfinished work', /\b(TODO|FIXME|XXX|HACK)\b/],
  ['a switched-off check', /eslint-(disable|enable)|@ts-(ignore|nocheck|expect-error)|prettier-ignore/],
  ['a test that runs alone', /\b(describe|it)\.only\(/],
  ['a number of a ticket', /\bissues? #?\d+\b/i],
  ['a path of one machine', /\/(work|root|home\/\w+)\//],
  ['the folder of another project', /\.\.\/shared\b/],
  ['the host of a package registry', /registry\.npmjs|pypi\.org|pythonhosted|storage\.googleapis/],
];

describe('files', () => {
  it('have at most 300 lines', () => {
    const long = written.filter((path) => textOf(path).split('\n').length > 301);
    expect(long).to.deep.equal([]);
  });

  it('hold no words that do not belong there', () => {
    const found = written
      // This file has to name what it looks for.
      .filter((path) => !['test/repo/files.test.ts', 'test/repo/dependencies.test.ts'].includes(path))
      .flatMap((path) =>
        textOf(path)
          .split('\n')
          .flatMap((line, index) =>
            forbidden
              .filter(([, words]) => words.test(line))
              .map(([what]) => `${path}:${index + 1}: ${what}`),
          ),
      );
    expect(found).to.deep.equal([]);
  });

  it('are pictures or videos only in docs/, and as the icons of the dashboard', () => {
    const pictures = files.filter(
      (path) =>
        /\.(png|jpe?g|gif|webp|avif|bmp|tiff?|mp4|mkv|webm|avi|mov|h264|ivf|y4m)$/i.test(path) &&
        !path.startsWith('docs/') &&
        !path.startsWith('client/public/icons/'),
    );
    expect(pictures).to.deep.equal([]);
  });

  it('have kebab-case names', () => {
    const odd = productSources().filter(
      (path) => !/^[a-z0-9-]+(\.d|\.config)?\.tsx?$/.test(path.split('/').at(-1) ?? ''),
    );
    expect(odd).to.deep.equal([]);
  });

  it('come with a README in every top folder, and in every stage of server, streams and models', () => {
    const folders = new Set(
      files.flatMap((path) => {
        const [top = '', stage = '', file] = path.split('/');
        if (top.startsWith('.') || stage === '') return [];
        const staged = file !== undefined && /^(server|streams|models)$/.test(top) && path.endsWith('.ts');
        return staged ? [top, `${top}/${stage}`] : [top];
      }),
    );
    const bare = [...folders].filter((folder) => !existsSync(join(root, folder, 'README.md')));
    expect(bare).to.deep.equal([]);
  });
});

describe('documents', () => {
  const documents = files.filter((path) => path.endsWith('.md'));

  it('link only to files that exist', () => {
    const dead = documents.flatMap((path) =>
      [...textOf(path).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => !existsSync(normalize(join(root, dirname(path), decodeURI(link)))))
        .map((link) => `${path}: ${link}`),
    );
    expect(dead).to.deep.equal([]);
  });

  it('name only commands that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const unknown = documents.flatMap((path) => {
      const text = textOf(path);
      const runs = [...text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
      const commands = [...text.matchAll(/(?:`|^\s*\$? ?)(?:npx )?maskwatch ([a-z-]+)/gm)].map(
        (match) => match[1] ?? '',
      );
      return [
        ...runs.filter((name) => !(name in scripts)).map((name) => `${path}: npm run ${name}`),
        ...commands
          .filter((name) => !files.includes(`server/cli/commands/${name}.ts`))
          .map((name) => `${path}: maskwatch ${name}`),
      ];
    });
    expect(unknown).to.deep.equal([]);
  });
});

describe('the command line of the project', () => {
  it('has a file for every script of package.json', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const lost = Object.values(scripts)
      .flatMap((line) => [...line.matchAll(/node (scripts\/\S+)/g)].map((match) => match[1] ?? ''))
      .filter((path) => !files.includes(path));
    expect(lost).to.deep.equal([]);
  });

  it('runs the tests in CI', () => {
    expect(textOf('.ci/run')).to.match(/^exec npm test$/m);
  });
});
