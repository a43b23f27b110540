import { expect } from 'chai';
import ts from 'typescript';
import { parse, productSources, projectFiles } from './source-files.js';

function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** The name of an exported declaration that should say what it is, or `undefined` for other statements. */
function exportedName(node: ts.Statement): string | undefined {
  if (!isExported(node)) return undefined;
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.name.getText();
  const declares =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node);
  return declares ? (node.name?.text ?? 'default') : undefined;
}

/** Exports of a file without a doc comment; of overloads only the first needs one. */
function undocumented(path: string): string[] {
  const source = parse(path);
  const names = new Set<string>();
  return source.statements.flatMap((node) => {
    const name = exportedName(node);
    if (name === undefined || names.has(name)) return [];
    names.add(name);
    return ts.getJSDocCommentsAndTags(node).length > 0 ? [] : [`${path}: ${name}`];
  });
}

describe('exported functions, classes, types and values', () => {
  it('say what they are in a doc comment', () => {
    const helpers = projectFiles().filter((path) => /^test\/helpers\/.*\.ts$/.test(path));
    expect([...productSources(), ...helpers].flatMap(undocumented)).to.deep.equal([]);
  });
});
