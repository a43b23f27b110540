import { InvalidArgumentError } from 'commander';

/** A camera given on the command line. */
export interface CameraFlag {
  readonly id: string;
  readonly url: string;
}

/**
 * Parses one `--camera name=address`, adding it to those given before.
 *
 * @throws InvalidArgumentError when the name or the address is missing or the name cannot be an id
 */
export function collectCamera(text: string, earlier: readonly CameraFlag[]): CameraFlag[] {
  const split = text.indexOf('=');
  const id = text.slice(0, split).trim();
  const url = text.slice(split + 1).trim();
  if (split < 1 || url === '')
    throw new InvalidArgumentError('Write it as name=address, for example door=rtsp://10.0.0.5/1.');
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) {
    throw new InvalidArgumentError('The name must be lower-case letters, digits and dashes, at most 40.');
  }
  if (earlier.some((camera) => camera.id === id))
    throw new InvalidArgumentError(`The name ${id} is given twice.`);
  return [...earlier, { id, url }];
}
