import type { ManifestFacts } from '../../../models/lab/export/write-weights.js';

/** What a manifest says of a network that only a test knows; nothing is ever `unknown`. */
export function toyFacts(changes: Partial<ManifestFacts> = {}): ManifestFacts {
  return {
    name: 'toy',
    architecture: 'toy',
    inputSize: 24,
    classes: ['mask', 'no_mask', 'incorrect'],
    output: 'probabilities',
    normalisation: { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] },
    crop: { kind: 'square', margin: 1, faceFill: 1 },
    thresholds: { minConfidence: 0, minFaceSide: 0, reject: 1 },
    licence: 'MIT',
    data: ['none'],
    created: { command: 'written by a test', at: '2026-01-01T00:00:00Z' },
    ...changes,
  };
}
