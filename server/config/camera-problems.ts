import { CameraFieldError } from '../../streams/camera/camera-field-error.js';
import { parseCamera } from '../../streams/camera/camera-config.js';
import { cameraPolicy } from '../addresses/address-policy.js';
import { checkAddress } from '../addresses/check-address.js';
import { RefusedAddressError } from '../addresses/refused-address-error.js';
import { fixedCamera } from '../pipeline/start-cameras.js';
import type { Config } from './schema.js';

/** A mistake in the settings of one camera. */
export interface CameraProblem {
  readonly path: readonly ['cameras', number, string];
  readonly rule: string;
}

/**
 * What is wrong with the cameras of a configuration, as far as can be told without asking the network: what the schema cannot say of
 * an address, and where it must not lead.
 */
export function cameraProblems({ cameras, server }: Pick<Config, 'cameras' | 'server'>): CameraProblem[] {
  const policy = cameraPolicy(() => (server.port === 0 ? [] : [server.port]));
  return cameras.flatMap((camera, index): CameraProblem[] => {
    try {
      const { kind } = parseCamera(fixedCamera(camera));
      if (kind === 'rtsp' || kind === 'http') checkAddress(camera.url, policy);
    } catch (error) {
      if (error instanceof CameraFieldError)
        return [{ path: ['cameras', index, error.field], rule: error.rule }];
      if (error instanceof RefusedAddressError)
        return [{ path: ['cameras', index, 'url'], rule: error.rule }];
      throw error;
    }
    return [];
  });
}
