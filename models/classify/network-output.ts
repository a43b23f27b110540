import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { activation } from '../graph/activations.js';
import type { GraphBuilder, Ref } from '../graph/graph-builder.js';
import { concat, floatOperation, floatVector } from '../graph/operations.js';
import type { Manifest } from './manifest.js';

/** Adds what leads from a network's last layer to one probability for each class. */
export function graphProbabilities(graph: GraphBuilder, last: Ref, output: Manifest['output']): Ref {
  switch (output) {
    case 'probabilities':
      return last;
    case 'logits':
      return activation(graph, 'softmax', last);
    case 'sigmoid':
      return concat(graph, [last, floatOperation(graph, 'Sub', floatVector(graph, [1]), last)], 1);
  }
}

/** The same for a tensor that came out of the layers. */
export function tensorProbabilities(last: Tensor, output: Manifest['output']): Tensor2D {
  const rows = last as Tensor2D;
  switch (output) {
    case 'probabilities':
      return rows;
    case 'logits':
      return rows.softmax();
    case 'sigmoid':
      return rows.concat(rows.neg().add(1), 1);
  }
}
