import { chmodSync, closeSync, openSync, writeFileSync } from 'node:fs';

/** Makes sure that a file exists and that its owner alone can read and write it (mode 0600). */
export function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/** Writes a file that its owner alone can read and write. */
export function writePrivateFile(path: string, content: string | Buffer): void {
  createPrivateFile(path);
  writeFileSync(path, content);
}
