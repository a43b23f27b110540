import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders that the tests of one file made: one made in a test goes after it, one made in a `before` hook after all tests. */
export function tempFolders(): { make(): string } {
  const lasting: string[] = [];
  const ofTest: string[] = [];
  let inTest = false;
  const remove = (folders: string[]): void => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  };
  beforeEach(() => {
    inTest = true;
  });
  afterEach(() => {
    inTest = false;
    remove(ofTest);
  });
  after(() => remove(lasting));
  return {
    make: () => {
      const folder = mkdtempSync(join(tmpdir(), 'maskwatch-test-'));
      (inTest ? ofTest : lasting).push(folder);
      return folder;
    },
  };
}
