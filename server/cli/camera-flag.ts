import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { splitAddress } from '../../streams/secret/split-address.js';

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
  if (splitAddress(url).access !== undefined || /^[a-z]+:\/\/.*@/i.test(url)) {
    throw new InvalidArgumentError(
      'A command line is readable by every user of this machine: keep the password out of it. Put the address into ' +
        `a file and say --camera-file ${id}=<file>, or add the camera in the dashboard.`,
    );
  }
  return withCamera({ id, url }, earlier);
}

/**
 * Parses one `--camera-file name=file`: the file holds the address, so that its password stands in no command line.
 *
 * @throws InvalidArgumentError
 */
export function collectCameraFile(text: string, earlier: readonly CameraFlag[]): CameraFlag[] {
  const split = text.indexOf('=');
  const path = text.slice(split + 1).trim();
  let url: string;
  try {
    url = readFileSync(path, 'utf8').trim();
  } catch {
    throw new InvalidArgumentError(
      'Write it as name=file; the file, which must be readable, holds the address.',
    );
  }
  return withCamera({ id: text.slice(0, split).trim(), url }, earlier);
}

function withCamera({ id, url }: CameraFlag, earlier: readonly CameraFlag[]): CameraFlag[] {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) {
    throw new InvalidArgumentError('The name must be lower-case letters, digits and dashes, at most 40.');
  }
  if (earlier.some((camera) => camera.id === id))
    throw new InvalidArgumentError(`The name ${id} is given twice.`);
  return [...earlier, { id, url }];
}
