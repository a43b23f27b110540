interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** The questions to one process that are not answered yet. */
export class OpenQuestions<Answer> {
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #id = 0;

  /**
   * @param send sends the question with its number
   * @throws Error with the process's reason, or when it ended before it answered
   */
  ask(send: (id: number) => void): Promise<Answer> {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(id);
    });
  }

  /** The process answered. */
  answered(id: number, answer: Answer): void {
    this.#take(id)?.resolve(answer);
  }

  /** The process answered that it cannot. */
  refused(id: number, reason: string): void {
    this.#take(id)?.reject(new Error(reason));
  }

  /** The process is gone: it will answer nothing any more. */
  abandon(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }

  #take(id: number): Waiting<Answer> | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
