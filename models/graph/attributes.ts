import { MessageWriter } from './protobuf.js';

/** The element types that graphs here use, with their numbers in TensorFlow's `types.proto`. */
export const dataTypes = { float32: 1, int32: 3, uint8: 4, string: 7 } as const;

/** An element type that our graphs use. */
export type DataType = keyof typeof dataTypes;

/** The value of a node's attribute, tagged with its kind in TensorFlow's `attr_value.proto`. */
export type Attribute =
  | { readonly kind: 'type'; readonly value: DataType }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'shape'; readonly value: readonly number[] }
  | { readonly kind: 'tensor'; readonly value: ConstantValue };

/** The elements of a constant, row-major. */
export interface ConstantValue {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** A constant of float32. */
export interface FloatConstant extends ConstantValue {
  readonly data: Float32Array;
}

/** The type of a constant's elements. */
export function typeOf({ data }: ConstantValue): DataType {
  return data instanceof Int32Array ? 'int32' : 'float32';
}

/** An `AttrValue` message. */
export function attributeMessage(attribute: Attribute): MessageWriter {
  const message = new MessageWriter();
  switch (attribute.kind) {
    case 'type':
      return message.varint(6, dataTypes[attribute.value]);
    case 'bool':
      return message.varint(5, attribute.value ? 1 : 0);
    case 'int':
      return message.varint(3, attribute.value);
    case 'float':
      return message.float(4, attribute.value);
    case 'string':
      return message.bytes(2, attribute.value);
    case 'ints': {
      const list = new MessageWriter();
      for (const value of attribute.value) list.varint(3, value);
      return message.message(1, list);
    }
    case 'shape':
      return message.message(7, shapeMessage(attribute.value));
    case 'tensor':
      return message.message(8, tensorMessage(attribute.value));
  }
}

/** A `TensorShapeProto`; -1 stands for a size that is known only when the graph runs. */
export function shapeMessage(shape: readonly number[]): MessageWriter {
  const message = new MessageWriter();
  for (const size of shape) message.message(2, new MessageWriter().varint(1, size));
  return message;
}

/** A `TensorProto` with its elements as they lie in memory (little-endian). */
function tensorMessage(value: ConstantValue): MessageWriter {
  const { buffer, byteOffset, byteLength } = value.data;
  return new MessageWriter()
    .varint(1, dataTypes[typeOf(value)])
    .message(2, shapeMessage(value.shape))
    .bytes(4, new Uint8Array(buffer, byteOffset, byteLength));
}
