import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../server/package-root.js';

/** The project's folder. */
export const root = packageRoot();

/** Folders that are made, not written; all lie at the top. */
const generated = new Set(['node_modules', 'dist', '.git', 'coverage', 'data', 'runs']);

/** Paths of all files of the project, relative to it, generated ones left out. */
export function projectFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return generated.has(relative(root, path)) ? [] : projectFiles(path);
    return entry.isFile() ? [relative(root, path)] : [];
  });
}

/** The text of a file of the project. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** TypeScript files of the product: everything but tests and benchmarks. */
export function productSources(): string[] {
  return projectFiles().filter((path) => /^(server|streams|models|client)\/.*\.tsx?$/.test(path));
}

/** One import of a file. */
export interface Import {
  /** A path relative to the project for files of the project, otherwise the name as written. */
  readonly target: string;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/** What a TypeScript file imports: static, dynamic and re-exported. */
export function importsOf(path: string): Import[] {
  const source = parse(path);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier !== undefined && ts.isStringLiteral(specifier)) {
      found.push({ target: resolve(path, specifier.text), typeOnly });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const loads =
        expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(expression) && expression.text === 'require');
      if (loads) add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The syntax tree of a file, with parents set. */
export function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, textOf(path), ts.ScriptTarget.ES2023, true);
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const path = normalize(join(dirname(from), specifier));
  const files = [path.replace(/\.js$/, '.ts'), path.replace(/\.jsx?$/, '.tsx'), path];
  return files.find((file) => sources.has(file)) ?? path;
}

const sources = new Set(projectFiles());
