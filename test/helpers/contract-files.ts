import { basename, dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { parse, projectFiles } from '../repo/source-files.js';

/** The files whose exported types make up the contract; what these need of the others comes along. */
const roots = [
  'server/realtime/events.ts',
  ...projectFiles().filter((path) => /^server\/http\/(\w+-)?api\.ts$/.test(path)),
];

interface Declaration {
  readonly path: string;
  readonly text: string;
  /** Identifiers in it, from whatever file they come. */
  readonly uses: ReadonlySet<string>;
}

/**
 * The types of the wire contract in files that stand alone, for the client package: the declarations as they are written in
 * the sources, comments included, and of the other files only what these need.
 *
 * @param folder where they will lie
 * @returns their texts by path
 * @throws Error when two files declare one name or have one name
 */
export function contractFiles(folder: string): [path: string, text: string][] {
  const declarations = new Map<string, Declaration>();
  const seen = new Set<string>();
  const read = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const source = parse(path);
    for (const node of source.statements) {
      const target = importedFile(path, node);
      if (target !== undefined) read(target);
      const name = declaredName(node);
      if (name === undefined) continue;
      if (declarations.has(name)) throw new Error(`${name} is declared in two files of the contract`);
      const text = node.getFullText(source).trim();
      declarations.set(name, { path, text, uses: identifiersIn(node) });
    }
  };
  roots.forEach(read);

  const kept = new Map<string, Declaration>();
  const wanted = [...declarations].filter(([, { path }]) => roots.includes(path)).map(([name]) => name);
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const found = declarations.get(name);
    if (found === undefined || kept.has(name)) continue;
    kept.set(name, found);
    wanted.push(...found.uses);
  }
  const paths = [...seen].filter((path) => [...kept.values()].some((kind) => kind.path === path)).sort();
  if (new Set(paths.map((path) => basename(path))).size < paths.length) {
    throw new Error('two files of the contract have one name');
  }
  return paths.map((path) => [join(folder, basename(path)), fileText(path, declarations, kept)]);
}

function fileText(
  path: string,
  declarations: ReadonlyMap<string, Declaration>,
  kept: ReadonlyMap<string, Declaration>,
): string {
  const own = [...declarations].filter(([name, { path: from }]) => from === path && kept.has(name));
  const uses = new Set(own.flatMap(([, declaration]) => [...declaration.uses]));
  const imports = new Map<string, string[]>();
  for (const [name, { path: from }] of kept) {
    if (from !== path && uses.has(name)) imports.set(from, [...(imports.get(from) ?? []), name].sort());
  }
  const lines = [...imports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, names]) => `import type { ${names.join(', ')} } from './${basename(from, '.ts')}.js';`);
  return [
    `// Made from ${path} by "npm run interfaces"; change it there.`,
    lines.join('\n'),
    ...own.map(([, { text }]) => exported(text)),
    '',
  ].join('\n\n');
}

function importedFile(from: string, node: ts.Statement): string | undefined {
  const names =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
  if (names === undefined || !ts.isStringLiteral(names) || !names.text.startsWith('.')) return undefined;
  return normalize(join(dirname(from), names.text.replace(/\.js$/, '.ts')));
}

/** The name of a type, or of a constant that types are made from. */
function declaredName(node: ts.Statement): string | undefined {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return node.name.text;
  if (!ts.isVariableStatement(node)) return undefined;
  const name = node.declarationList.declarations[0]?.name;
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}

function identifiersIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (inner: ts.Node): void => {
    // A field may be called like a type or a constant of another file, and is neither.
    const field = ts.isPropertySignature(inner.parent) && inner.parent.name === inner;
    if (ts.isIdentifier(inner) && !field) names.add(inner.text);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return names;
}

/** Whoever uses the package may need any of them by name. */
function exported(text: string): string {
  return /^export /m.test(text) ? text : text.replace(/^(?=(?:interface|type|const) )/m, 'export ');
}
