import { CameraFieldError } from '../../streams/camera/camera-field-error.js';
import { ConfigError } from '../config/config-error.js';
import { valueAt } from '../config/config-keys.js';
import { withoutSecrets } from '../config/config-secrets.js';
import type { ConfigPort } from '../http/config-routes.js';

/**
 * A configuration that is changed over the network: new addresses of cameras in a change are checked like those of cameras that are
 * added there. Whoever writes the file itself owns the machine.
 *
 * @param check throws CameraFieldError
 */
export function guardConfig(config: ConfigPort, check: (url: string) => Promise<void>): ConfigPort {
  return {
    get current() {
      return config.current;
    },
    get file() {
      return config.file;
    },
    get problems() {
      return config.problems;
    },
    get waiting() {
      return config.waiting;
    },
    originOf: (key) => config.originOf(key),
    patch: async (change) => {
      const known = new Set(
        [config.current.cameras, withoutSecrets(config.current.cameras)].flatMap(addressesOf),
      );
      for (const [index, url] of addressesOf(change.cameras).entries()) {
        if (url === undefined || known.has(url)) continue;
        try {
          await check(url);
        } catch (error) {
          if (!(error instanceof CameraFieldError)) throw error;
          throw new ConfigError([
            { where: 'change', key: `cameras.${index}.${error.field}`, rule: error.rule },
          ]);
        }
      }
      await config.patch(change);
    },
  };
}

/** The addresses in a list of cameras; undefined where an entry has none that is text. */
function addressesOf(cameras: unknown): (string | undefined)[] {
  if (!Array.isArray(cameras)) return [];
  return cameras.map((camera) => {
    const url = valueAt(camera, ['url']);
    return typeof url === 'string' ? url : undefined;
  });
}
