import { expect } from 'chai';
import { projectFiles, textOf } from './source-files.js';

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

interface LockFile {
  readonly packages: Readonly<
    Record<
      string,
      { version?: string; integrity?: string; resolved?: string; link?: boolean; inBundle?: boolean }
    >
  >;
}

const project = JSON.parse(textOf('package.json')) as PackageFile;
const lock = JSON.parse(textOf('package-lock.json')) as LockFile;

/** Whether `version` is `least` or newer; both `major.minor.patch`. */
function atLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

describe('dependencies', () => {
  it('are pinned to exact versions', () => {
    const loose = Object.entries({
      ...project.dependencies,
      ...project.devDependencies,
      ...project.overrides,
    }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).to.deep.equal([]);
  });

  it('are all in the lock file, each with a checksum', () => {
    const bare = Object.entries(lock.packages).filter(
      ([path, { integrity, link, inBundle }]) =>
        path !== '' && integrity === undefined && link !== true && inBundle !== true,
    );
    expect(bare.map(([path]) => path)).to.deep.equal([]);
  });

  it('come from the public registry', () => {
    const elsewhere = Object.entries(lock.packages).filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere.map(([path, { resolved }]) => `${path}: ${resolved ?? ''}`)).to.deep.equal([]);
  });

  for (const [name, least] of [
    ['tar', '7.5.21'],
    ['adm-zip', '0.6.0'],
  ] as const) {
    it(`bring no ${name} older than ${least}, which has a security advisory`, () => {
      const old = Object.entries(lock.packages)
        .filter(([path]) => path.endsWith(`node_modules/${name}`))
        .filter(([, { version }]) => !atLeast(version ?? '0.0.0', least));
      expect(old.map(([path, { version }]) => `${path} ${version ?? ''}`)).to.deep.equal([]);
    });
  }

  it('are all imported somewhere', () => {
    // What is used by its command or its file, not by an import of this project.
    const byCommand = new Set([
      'prettier',
      'mocha',
      'tsx',
      'vite',
      'typescript',
      'eslint',
      '@types/node',
      '@types/mocha',
    ]);
    const text = projectFiles()
      .filter((path) => /\.(ts|tsx|mjs|cjs|css)$/.test(path))
      .map(textOf)
      .join('\n');
    const unused = Object.keys({ ...project.dependencies, ...project.devDependencies }).filter((name) => {
      const used = name.startsWith('@types/') ? name.slice('@types/'.length) : name;
      return !byCommand.has(name) && !text.includes(`'${used}'`) && !text.includes(`'${used}/`);
    });
    expect(unused).to.deep.equal([]);
  });
});
