import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Copies a source and all it imports as plain JavaScript into a folder outside the tree, so that a test can start many processes
 * of it quickly: a type-stripping loader takes seconds each time.
 *
 * @param entry path of a `.ts` file, from the root of the tree
 * @returns where its copy lies
 */
export function plainCopy(folder: string, entry: string): string {
  const wanted = [entry];
  const done = new Set<string>();
  for (let source = wanted.pop(); source !== undefined; source = wanted.pop()) {
    if (done.has(source)) continue;
    done.add(source);
    const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2023,
        verbatimModuleSyntax: true,
      },
    });
    const target = copyOf(folder, source);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
    for (const { fileName } of ts.preProcessFile(outputText).importedFiles) {
      if (fileName.startsWith('.')) {
        wanted.push(normalize(join(dirname(source), fileName.replace(/\.js$/, '.ts'))));
      }
    }
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return copyOf(folder, entry);
}

function copyOf(folder: string, source: string): string {
  return join(folder, source.replace(/\.ts$/, '.js'));
}
