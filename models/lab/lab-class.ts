import { outputClasses } from '../classify/manifest.js';
import type { OutputClass } from '../classify/manifest.js';

/** What the outputs of a model of 2, 3 or 4 outputs stand for. */
export function classesOf(outputs: number): OutputClass[] {
  return outputClasses.slice(0, outputs);
}

/**
 * The output that a class is taught to, or -1 where a model of this many outputs cannot say it.
 * With two outputs `incorrect` counts as `no_mask`: a mask under the nose protects nobody.
 */
export function outputOf(label: OutputClass, outputs: number): number {
  if (outputs === 2 && label === 'incorrect') return 1;
  const index = outputClasses.indexOf(label);
  return index < outputs ? index : -1;
}
