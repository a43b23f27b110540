import type { LayersModel, Variable } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';

/** The variables that a model's layers train, in the order of `trainableWeights`. */
export function trainedVariables(tf: Tf, model: LayersModel): Variable[] {
  return model.trainableWeights.map((weight) => {
    const variable = weight.read();
    if (!(variable instanceof tf.Variable)) throw new TypeError(`${weight.name} is no variable`);
    return variable;
  });
}
