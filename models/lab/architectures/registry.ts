import type { Architecture } from './architecture.js';
import { cnn2Conv } from './cnn-2conv.js';
import { mobileNetV2Cut } from './mobilenet-v2-cut.js';

/** Every architecture that `--arch` may name. */
export const architectures: readonly Architecture[] = [cnn2Conv, mobileNetV2Cut];

/** Looks an architecture up. @throws Error naming those that there are */
export function architectureNamed(name: string): Architecture {
  const found = architectures.find((architecture) => architecture.name === name);
  if (found) return found;
  throw new Error(`no architecture ${name}; there are ${architectures.map((a) => a.name).join(', ')}`);
}
