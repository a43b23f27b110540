import { expect } from 'chai';
import { useCheapGradients } from '../../../../models/lab/train/cheap-gradients.js';
import { nativeEngine } from '../../helpers/engines.js';

describe('The cheap gradients of relu and relu6', () => {
  it('are those of tfjs', async () => {
    const { tf } = await nativeEngine();
    const x = tf.tensor1d([-2, 0, 1e-6, 3, 6, 7]);
    const slopes = () =>
      tf.tidy(() => [
        ...tf
          .grad((v) => tf.relu(v).square())(x)
          .dataSync(),
        ...tf
          .grad((v) => tf.relu6(v).square())(x)
          .dataSync(),
      ]);
    const before = slopes();
    useCheapGradients(tf);
    useCheapGradients(tf);
    expect(slopes()).to.deep.equal(before);
    x.dispose();
  });
});
