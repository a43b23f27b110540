import type { LabelledFace } from '../../track/people.js';
import type { AnalysisEffort } from '../messages.js';

/** Part that the newest frame has in the running mean of what a frame costs. */
const newestPart = 0.1;

/** What the analysis of one camera took so far, and what it was spared. */
export class EffortBook {
  #costMs = 0;
  #unmoved = 0;
  #faces = 0;
  #classified = 0;

  /** What a frame cost of late, in milliseconds of the models. */
  get costMs(): number {
    return this.#costMs;
  }

  /** A frame was searched. @param costMs its share of the time that the models took */
  searched(costMs: number, faces: readonly LabelledFace[]): void {
    this.#cost(costMs);
    this.#faces += faces.length;
    this.#classified += faces.filter(({ classification }) => classification !== undefined).length;
  }

  /** A frame was not searched, as nothing had moved. */
  spared(): void {
    this.#unmoved++;
    this.#cost(0);
  }

  /** @param effectiveFps frames a second that there is time for now */
  at(effectiveFps: number): AnalysisEffort {
    return { effectiveFps, unmoved: this.#unmoved, faces: this.#faces, classified: this.#classified };
  }

  #cost(ms: number): void {
    this.#costMs += (this.#costMs === 0 ? 1 : newestPart) * (ms - this.#costMs);
  }
}
