import type { RgbImage } from '../../../models/image.js';
import { quietOptions } from '../../../streams/ffmpeg/ffmpeg-command.js';
import { FfmpegProcess } from '../../../streams/ffmpeg/ffmpeg-process.js';
import { plainReason } from '../../../streams/ffmpeg/plain-reason.js';
import { InputError } from './input-error.js';
import { PpmReader } from './ppm-reader.js';

/** How ffmpeg opens a camera of this machine. */
export interface DeviceInput {
  /** ffmpeg's name of the kind of device. */
  readonly format: string;
  /** What that kind calls the device. */
  readonly input: string;
}

/**
 * The device of a name, on this kind of machine.
 *
 * @param name as the system calls it; empty for the first camera
 * @throws InputError where cameras of this system are not known
 */
export function deviceInput(name: string, platform: NodeJS.Platform = process.platform): DeviceInput {
  if (platform === 'linux') return { format: 'v4l2', input: name === '' ? '/dev/video0' : name };
  if (platform === 'darwin') return { format: 'avfoundation', input: name === '' ? '0' : name };
  throw new InputError('no_device', `Cameras of ${platform} are not known here`);
}

/**
 * Pictures of a camera until the signal or its own end. Always the newest one: what comes while the one before is being used
 * is left out.
 *
 * @param onSkipped told of each picture that is left out
 * @throws InputError in plain words where the camera cannot be read
 */
export async function* deviceFrames(
  { format, input }: DeviceInput,
  signal: AbortSignal,
  onSkipped: () => void,
): AsyncGenerator<RgbImage> {
  const slot: { picture: RgbImage | null; ended: boolean } = { picture: null, ended: false };
  let wake: () => void = () => undefined;
  const reader = new PpmReader((picture) => {
    if (slot.picture) onSkipped();
    slot.picture = picture;
    wake();
  });
  const camera = new FfmpegProcess(
    {
      inputOptions: [...quietOptions('error'), '-f', format],
      input,
      outputOptions: ['-an', '-fps_mode', 'passthrough', '-c:v', 'ppm', '-f', 'image2pipe'],
      output: 'pipe:1',
    },
    { onOutput: (chunk) => reader.push(chunk) },
  );
  const end = (): void => {
    slot.ended = true;
    wake();
  };
  void camera.exited.then(end);
  signal.addEventListener('abort', end, { once: true });
  try {
    for (;;) {
      const { picture } = slot;
      slot.picture = null;
      if (signal.aborted) return;
      if (picture) yield picture;
      else if (slot.ended) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    const { how, tail } = await camera.exited;
    if (how !== 'failed') return;
    const { code, reason } = plainReason(tail);
    throw new InputError(code, code === 'no-file' ? `No camera ${input}` : reason);
  } finally {
    signal.removeEventListener('abort', end);
    await camera.stop();
  }
}
