import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { interfaceFiles } from '../test/helpers/interface-files.js';

// `npm run interfaces`: writes the documents of the interfaces and the types of the client package anew from the code.

for (const [path, text] of await interfaceFiles()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`${path}\n`);
}
