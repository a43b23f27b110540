import { command } from '../setup/command.mjs';
import { inRoot } from '../setup/paths.mjs';

const run = (parameters) => command(process.execPath, parameters, { tailLines: 80 });
const eslint = [
  inRoot('node_modules/eslint/bin/eslint.js'),
  ...['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
];

/** The checks that are no tests; each counts as one. */
export const checks = {
  format: () => run([inRoot('node_modules/prettier/bin/prettier.cjs'), '--check', '.']),
  lint: () => run(eslint),
  types: async () => {
    const tsc = inRoot('node_modules/typescript/bin/tsc');
    await run([tsc, '--noEmit', '-p', 'tsconfig.json']);
    await run([tsc, '--noEmit', '-p', 'client/tsconfig.json']);
    await run([tsc, '--noEmit', '-p', 'client/sdk/tsconfig.json']);
  },
};
