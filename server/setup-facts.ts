import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/** What set-up found and made, as it wrote it to `dist/setup.json`. */
export interface SetupFacts {
  /** The backend that was made to work, and why it is not TensorFlow where it is not. */
  readonly engine?: {
    readonly backend: 'tensorflow' | 'wasm';
    readonly tensorflow?: string;
    readonly reason?: string;
  };
  /** Absolute path of the demo camera's clip; absent when it could not be made. */
  readonly demoClip?: string;
}

/**
 * Reads what set-up found. Without set-up (a server started by hand from its build) nothing is known.
 *
 * @param root the project's folder
 * @throws SyntaxError when the file is damaged
 */
export function readSetupFacts(root: string = packageRoot()): SetupFacts {
  let text: string;
  try {
    text = readFileSync(join(root, 'dist', 'setup.json'), 'utf8');
  } catch {
    // No file: set-up has not run here.
    return {};
  }
  return JSON.parse(text) as SetupFacts;
}
