import type { EngineFacts, FromAnalysis } from '../messages.js';

type Answer = Extract<FromAnalysis, { type: 'classifier' }>;

interface Waiting {
  readonly resolve: (engine: EngineFacts) => void;
  readonly reject: (error: Error) => void;
}

/** The questions to one process to change its classifier that are not answered yet. */
export class ClassifierChanges {
  readonly #waiting = new Map<number, Waiting>();
  #id = 0;

  /**
   * @param send sends the question with its number
   * @returns what runs then
   * @throws Error with the process's reason, or when it ended before it answered
   */
  ask(send: (id: number) => void): Promise<EngineFacts> {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(id);
    });
  }

  /** The process answered. */
  answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('engine' in answer) waiting?.resolve(answer.engine);
    else waiting?.reject(new Error(answer.error));
  }

  /** The process is gone: it will answer nothing any more. */
  abandon(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
