import type { Attribute, ConstantValue, DataType } from './attributes.js';
import { attributeMessage, dataTypes, shapeMessage, typeOf } from './attributes.js';
import { MessageWriter } from './protobuf.js';

/** An output of a node of the graph under construction. */
export interface Ref {
  /** The node's name, which also stands for its first output. */
  readonly name: string;
  readonly type: DataType;
}

/** TensorFlow's GraphDef version of release 2.9, the oldest library that tfjs-node 4.22 runs on. */
const graphVersion = 1087;

/** Collects nodes of a frozen TensorFlow graph and writes them as a SavedModel. */
export class GraphBuilder {
  readonly #nodes: MessageWriter[] = [];
  readonly #inputs = new Map<string, { readonly ref: Ref; readonly shape: readonly number[] }>();

  /**
   * Adds a node.
   *
   * @param op TensorFlow's name of the operation
   * @param inputs in the operation's order
   * @param type of the first output's elements
   * @param attributes all that have no default
   */
  node(
    op: string,
    inputs: readonly Ref[],
    type: DataType,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Ref {
    const name = `n${this.#nodes.length}`;
    const message = new MessageWriter().bytes(1, name).bytes(2, op);
    for (const input of inputs) message.bytes(3, input.name);
    for (const [key, value] of Object.entries(attributes)) message.entry(5, key, attributeMessage(value));
    this.#nodes.push(message);
    return { name, type };
  }

  /**
   * Adds an input of the signature.
   *
   * @param shape -1 for sizes known only when the graph runs
   */
  input(name: string, type: DataType, shape: readonly number[]): Ref {
    if (this.#inputs.has(name)) throw new TypeError(`The graph has an input ${name} already`);
    const ref = this.node('Placeholder', [], type, {
      dtype: { kind: 'type', value: type },
      shape: { kind: 'shape', value: shape },
    });
    this.#inputs.set(name, { ref, shape });
    return ref;
  }

  /** Adds a constant. */
  constant(value: ConstantValue): Ref {
    const expected = value.shape.reduce((product, size) => product * size, 1);
    if (value.data.length !== expected) {
      throw new RangeError(
        `A constant of shape [${value.shape.join(', ')}] has ${expected} elements, got ${value.data.length}`,
      );
    }
    const type = typeOf(value);
    return this.node('Const', [], type, {
      dtype: { kind: 'type', value: type },
      value: { kind: 'tensor', value },
    });
  }

  /**
   * @param outputs of the signature `serving_default`, by name
   * @returns the bytes of `saved_model.pb`: schema version 1, one MetaGraphDef with tag `serve`, no variables
   */
  toSavedModel(outputs: Readonly<Record<string, Ref>>): Uint8Array {
    const graph = new MessageWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.message(4, new MessageWriter().varint(1, graphVersion));
    const signature = new MessageWriter();
    for (const [name, { ref, shape }] of this.#inputs)
      signature.entry(1, name, tensorInfo(ref).message(3, shapeMessage(shape)));
    for (const [name, ref] of Object.entries(outputs))
      signature.entry(2, name, tensorInfo(ref).message(3, unknownShape()));
    signature.bytes(3, 'tensorflow/serving/predict');
    const metaGraph = new MessageWriter()
      .message(1, new MessageWriter().bytes(4, 'serve'))
      .message(2, graph)
      .entry(5, 'serving_default', signature);
    return new MessageWriter().varint(1, 1).message(2, metaGraph).finish();
  }
}

function tensorInfo(ref: Ref): MessageWriter {
  return new MessageWriter().bytes(1, `${ref.name}:0`).varint(2, dataTypes[ref.type]);
}

/** A shape that says nothing; TensorFlow finds the shapes of outputs itself, but tfjs-node wants one to be there. */
function unknownShape(): MessageWriter {
  return new MessageWriter().varint(3, 1);
}
