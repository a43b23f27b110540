import type { Architecture } from './architecture.js';
import { basicCnn } from './basic-cnn.js';
import { cnn2Conv } from './cnn-2conv.js';
import { cnn3Conv } from './cnn-3conv.js';
import { efficientNetB0 } from './efficientnet-b0.js';
import { efficientNetLite0 } from './efficientnet-lite0.js';
import { mnasNet } from './mnasnet.js';
import { mobileNetV2Cut } from './mobilenet-v2-cut.js';
import { mobileNetV2 } from './mobilenet-v2.js';
import { mobileNetV3Small } from './mobilenet-v3-small.js';
import { resNet50 } from './resnet50.js';

/** Every architecture that `--arch` may name. */
export const architectures: readonly Architecture[] = [
  cnn2Conv,
  cnn3Conv,
  basicCnn,
  mobileNetV2Cut,
  mobileNetV2,
  mobileNetV3Small,
  mnasNet,
  efficientNetB0,
  efficientNetLite0,
  resNet50,
];

/** Looks an architecture up. @throws Error naming those that there are */
export function architectureNamed(name: string): Architecture {
  const found = architectures.find((architecture) => architecture.name === name);
  if (found) return found;
  throw new Error(`no architecture ${name}; there are ${architectures.map((a) => a.name).join(', ')}`);
}
