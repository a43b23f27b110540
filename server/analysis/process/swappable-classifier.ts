import type { Classification, FaceCrop, MaskClassifier } from '../../../models/mask-classifier.js';

/**
 * A classifier whose place can be taken by another one while it is in use: a batch that has begun ends with the one it began
 * with, the next batch has the new one, and the old one is closed as soon as nothing uses it.
 */
export class SwappableClassifier implements MaskClassifier {
  #current: Occupant;
  #closed = false;

  /** @param first is owned from now on */
  constructor(first: MaskClassifier) {
    this.#current = new Occupant(first);
  }

  get name(): string {
    return this.#current.classifier.name;
  }

  classify(crops: readonly FaceCrop[]): Promise<Classification[]> {
    return this.#current.classify(crops);
  }

  /** Puts another classifier in the place; it is owned from now on. */
  swap(next: MaskClassifier): void {
    if (this.#closed) {
      next.close();
      return;
    }
    const before = this.#current;
    this.#current = new Occupant(next);
    before.retire();
  }

  close(): void {
    this.#closed = true;
    this.#current.retire();
  }
}

/** A classifier with the count of batches that are in it. */
class Occupant {
  readonly classifier: MaskClassifier;
  #inUse = 0;
  #retired = false;

  constructor(classifier: MaskClassifier) {
    this.classifier = classifier;
  }

  async classify(crops: readonly FaceCrop[]): Promise<Classification[]> {
    this.#inUse++;
    try {
      return await this.classifier.classify(crops);
    } finally {
      this.#inUse--;
      this.#closeIfFree();
    }
  }

  /** No batch will come any more; idempotent. */
  retire(): void {
    this.#retired = true;
    this.#closeIfFree();
  }

  #closeIfFree(): void {
    if (this.#retired && this.#inUse === 0) this.classifier.close();
  }
}
