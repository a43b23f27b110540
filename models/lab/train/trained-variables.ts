import type { LayersModel, Tensor, Variable } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';

/** The variables that a model's layers train, in the order of `trainableWeights`. */
export function trainedVariables(tf: Tf, model: LayersModel): Variable[] {
  const isVariable = (tensor: Tensor): tensor is Variable => tensor instanceof tf.Variable;
  return model.trainableWeights.map((weight) => {
    const variable = weight.read();
    if (!isVariable(variable)) throw new TypeError(`${weight.name} is no variable`);
    return variable;
  });
}
