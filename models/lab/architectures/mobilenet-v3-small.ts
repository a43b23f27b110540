import { imagenet } from './architecture.js';
import type { Architecture } from './architecture.js';
import { channelsOf, convolution, torchvisionStyle } from './convolution.js';
import type { ActivationKind } from './convolution.js';
import { pooled, withHead } from './head.js';
import { put } from './put.js';
import { squeezeExcite } from './squeeze-excite.js';

interface Block {
  readonly kernel: number;
  readonly wide: number;
  readonly filters: number;
  readonly squeeze: boolean;
  readonly activation: ActivationKind;
  readonly stride: number;
}

const block = (
  kernel: number,
  wide: number,
  filters: number,
  squeeze: boolean,
  activation: ActivationKind,
  stride: number,
): Block => ({ kernel, wide, filters, squeeze, activation, stride });

/** Table 2 of the paper. */
const blocks: readonly Block[] = [
  block(3, 16, 16, true, 'relu', 2),
  block(3, 72, 24, false, 'relu', 2),
  block(3, 88, 24, false, 'relu', 1),
  block(5, 96, 40, true, 'hard-swish', 2),
  block(5, 240, 40, true, 'hard-swish', 1),
  block(5, 240, 40, true, 'hard-swish', 1),
  block(5, 120, 48, true, 'hard-swish', 1),
  block(5, 144, 48, true, 'hard-swish', 1),
  block(5, 288, 96, true, 'hard-swish', 2),
  block(5, 576, 96, true, 'hard-swish', 1),
  block(5, 576, 96, true, 'hard-swish', 1),
];

/** MobileNetV3-Small 1.0 (https://arxiv.org/abs/1905.02244) as torchvision has it. */
export const mobileNetV3Small: Architecture = {
  name: 'mobilenet-v3-small',
  size: 224,
  normalisation: imagenet,
  build(tf, options) {
    const { size, seed } = options;
    const style = torchvisionStyle(tf, seed, { epsilon: 1e-3 });
    const outer = { kernel: 3, stride: 2, filters: 16, activation: 'hard-swish' } as const;
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    let x = convolution(tf, input, style, { name: 'features.0.0', ...outer });
    blocks.forEach(({ kernel, wide, filters, squeeze, activation, stride }, i) => {
      const name = `features.${i + 1}.block`;
      const channels = channelsOf(x);
      let part = 0;
      let y = x;
      if (wide !== channels)
        y = convolution(tf, y, style, { name: `${name}.${part++}.0`, kernel: 1, filters: wide, activation });
      y = convolution(tf, y, style, {
        name: `${name}.${part++}.0`,
        kernel,
        stride,
        filters: 'each',
        activation,
      });
      if (squeeze) {
        const settings = { activation: 'relu', gate: 'hard-sigmoid', init: style.init } as const;
        y = squeezeExcite(tf, y, {
          name: `${name}.${part++}`,
          squeezed: roundToEight(wide / 4),
          ...settings,
        });
      }
      y = convolution(tf, y, style, { name: `${name}.${part}.0`, kernel: 1, filters, activation: 'none' });
      const residual = stride === 1 && channels === filters;
      x = residual ? put(tf.layers.add({ name: `features.${i + 1}.add` }), [x, y]) : y;
    });
    const last = { kernel: 1, filters: 576, activation: 'hard-swish' } as const;
    x = convolution(tf, x, style, { name: 'features.12.0', ...last });
    return withHead(tf, 'mobilenet-v3-small', input, pooled(tf, x, options), options, {
      own: [1024],
      activation: 'hard-swish',
      dropout: 0.2,
    });
  },
};

/** The multiple of eight next to a number of channels, but never under nine tenths of it, as the paper's code rounds. */
function roundToEight(channels: number): number {
  const near = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return near < 0.9 * channels ? near + 8 : near;
}
