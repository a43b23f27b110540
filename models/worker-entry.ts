import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * The address to start a worker thread from, for a module beside `base`. From built JavaScript that is the module itself.
 * From TypeScript sources the thread must first register tsx: a worker does not inherit its parent's loader.
 *
 * @param base `import.meta.url` of the caller
 * @param name the module's name without its suffix
 */
export function workerEntry(base: string, name: string): URL {
  if (!base.endsWith('.ts')) return new URL(`./${name}.js`, base);
  const loader = new URL(
    'dist/esm/api/index.mjs',
    pathToFileURL(createRequire(base).resolve('tsx/package.json')),
  ).href;
  const module = new URL(`./${name}.ts`, base).href;
  const code = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(module)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
