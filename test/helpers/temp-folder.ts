import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders that the tests of one file made, removed after each test. */
export function tempFolders(): { make(): string } {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return {
    make: () => {
      const folder = mkdtempSync(join(tmpdir(), 'maskwatch-test-'));
      made.push(folder);
      return folder;
    },
  };
}
