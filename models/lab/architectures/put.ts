import type { SymbolicTensor } from '@tensorflow/tfjs';

/** Puts a layer on one symbolic tensor, or on several that it joins, and gives the one that comes out. */
export function put(
  layer: { apply(x: SymbolicTensor | SymbolicTensor[]): unknown },
  x: SymbolicTensor | SymbolicTensor[],
): SymbolicTensor {
  return layer.apply(x) as SymbolicTensor;
}
