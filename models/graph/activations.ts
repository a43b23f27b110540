import type { GraphBuilder, Ref } from './graph-builder.js';
import { floatOperation, floatVector } from './operations.js';

/** Activations of tfjs layers, by their names there. `softmax` is over the last axis. */
const activations: Readonly<Record<string, (graph: GraphBuilder, x: Ref) => Ref>> = {
  linear: (_graph, x) => x,
  relu: (graph, x) => floatOperation(graph, 'Relu', x),
  relu6: (graph, x) => floatOperation(graph, 'Relu6', x),
  elu: (graph, x) => floatOperation(graph, 'Elu', x),
  selu: (graph, x) => floatOperation(graph, 'Selu', x),
  tanh: (graph, x) => floatOperation(graph, 'Tanh', x),
  sigmoid: (graph, x) => floatOperation(graph, 'Sigmoid', x),
  softmax: (graph, x) => floatOperation(graph, 'Softmax', x),
  swish,
  hardSigmoid,
};

/**
 * Adds an activation.
 *
 * @throws RangeError for a name that has no counterpart here
 */
export function activation(graph: GraphBuilder, name: string, x: Ref): Ref {
  const apply = activations[camelCase(name)];
  if (apply === undefined) throw new RangeError(`No graph for the activation ${name}`);
  return apply(graph, x);
}

/** `min(max(x, 0), limit)`. */
export function clippedRelu(graph: GraphBuilder, x: Ref, limit: number): Ref {
  if (limit === 6) return floatOperation(graph, 'Relu6', x);
  return floatOperation(graph, 'Minimum', floatOperation(graph, 'Relu', x), floatVector(graph, [limit]));
}

/** `x` where positive, `alpha * x` elsewhere. */
export function leakyRelu(graph: GraphBuilder, x: Ref, alpha: number): Ref {
  return graph.node('LeakyRelu', [x], 'float32', {
    T: { kind: 'type', value: 'float32' },
    alpha: { kind: 'float', value: alpha },
  });
}

function swish(graph: GraphBuilder, x: Ref): Ref {
  return floatOperation(graph, 'Mul', x, floatOperation(graph, 'Sigmoid', x));
}

/** Keras' hard sigmoid, `min(max(x / 5 + 1 / 2, 0), 1)`; not the one of MobileNetV3. */
function hardSigmoid(graph: GraphBuilder, x: Ref): Ref {
  const line = floatOperation(
    graph,
    'AddV2',
    floatOperation(graph, 'Mul', x, floatVector(graph, [0.2])),
    floatVector(graph, [0.5]),
  );
  return clippedRelu(graph, line, 1);
}

/** tfjs writes `hardSigmoid` as `hard_sigmoid` in a layer's settings. */
function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
