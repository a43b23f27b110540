import { join } from 'node:path';
import { LoopbackRelay } from '../../streams/relay/loopback-relay.js';
import { CameraFieldError } from '../../streams/camera/camera-field-error.js';
import { type CameraConfig, parseCamera } from '../../streams/camera/camera-config.js';
import { type CameraProbe, probeCamera } from '../../streams/camera/probe-camera.js';
import { RelayError } from '../../streams/relay/relay-problem.js';
import { secretsOf } from '../../streams/ffmpeg/redact.js';
import type { Secret } from '../../streams/secret/secret.js';
import { cameraPolicy } from '../addresses/address-policy.js';
import { checkAddress } from '../addresses/check-address.js';
import { RefusedAddressError } from '../addresses/refused-address-error.js';
import { type LookupAll, resolveChecked } from '../addresses/resolve-checked.js';
import type { KnownSecrets } from '../secrets/known-secrets.js';
import { keyFileName, loadSecretKey } from '../secrets/secret-key.js';
import { createVault, type Vault } from '../secrets/vault.js';
import { type CameraStore, createCameraStore } from '../storage/camera-store.js';
import type { Database } from '../storage/open-database.js';
import type { CameraPort } from '../http/camera-routes.js';
import type { CameraDesk } from './camera-desk.js';
import { checkFile } from './check-file.js';

/** What the way to the cameras stands on. */
export interface CameraAccessOptions {
  readonly database: Database;
  readonly dataDir: string;
  /** The key for stored credentials, where the environment gives one. */
  readonly secretKey: Secret | undefined;
  readonly secrets: KnownSecrets;
  readonly log: { error(message: string): void };
  /** Instead of the system's resolver; for tests. */
  readonly lookup?: LookupAll;
}

/** Everything about reaching cameras: where they may be, who we are to them, and how that is kept. */
export interface CameraAccess {
  readonly relay: LoopbackRelay;
  readonly store: CameraStore;
  /** What the credentials are sealed with; it seals other secrets as well. */
  readonly vault: Vault;
  /** This server's own ports, which no camera may name. */
  readonly ownPorts: Set<number>;
  /** Keeps a camera's credentials out of everything that is written; those it had before are forgotten. */
  know(cameraId: string, access: Secret | undefined): void;
  /** Looks at a camera that is not added yet. @throws CameraFieldError */
  probe(request: {
    readonly url: string;
    readonly transport?: 'tcp' | 'udp' | undefined;
    readonly certificate?: string | undefined;
  }): Promise<CameraProbe>;
  /** Looks through an address that came over the network. @throws CameraFieldError of the field `url` */
  check(url: string): Promise<void>;
  /** The desk, with every new address checked first. */
  guarded(desk: CameraDesk): CameraPort;
  close(): Promise<void>;
}

const probeTimeoutMs = 10_000;

/** @throws SecretKeyError */
export function openCameraAccess(options: CameraAccessOptions): CameraAccess {
  const { database, dataDir, secrets, log, lookup } = options;
  const vault = createVault(loadSecretKey(dataDir, options.secretKey));
  const ownPorts = new Set<number>();
  const policy = cameraPolicy(() => [...ownPorts, ...relay.ports()]);
  const relay: LoopbackRelay = new LoopbackRelay(async (host, port) => {
    try {
      return await resolveChecked({ host, port }, policy, lookup);
    } catch (error) {
      if (!(error instanceof RefusedAddressError)) throw error;
      if (error.code === 'unknown-host') throw new RelayError('unknown-host', 'unknown host name');
      throw new RelayError('forbidden-address', `the address ${error.rule}`);
    }
  });
  const store = createCameraStore(database, vault, {
    onLost: (cameraId) => {
      const where = join(dataDir, keyFileName);
      log.error(
        `User and password of camera ${cameraId} were sealed with another key than ${where}: give them anew.`,
      );
    },
  });

  const know = (cameraId: string, access: Secret | undefined): void =>
    secrets.remember(`camera ${cameraId}`, access === undefined ? [] : secretsOf(access.reveal()));

  /** Where an address leads; everything else about it is the business of `parseCamera`. */
  const check = async (url: string | undefined): Promise<void> => {
    if (url === undefined) return;
    if (!/^(?:rtsps?|https?):/i.test(url)) {
      const { kind, url: path } = parseCamera({ id: 'new', url });
      if (kind === 'file') await checkFile(path);
      return;
    }
    try {
      await resolveChecked(checkAddress(url, policy), policy, lookup);
    } catch (error) {
      if (!(error instanceof RefusedAddressError)) throw error;
      // A name that nobody knows now may belong to a camera that is switched off.
      if (error.code === 'unknown-host') return;
      throw new CameraFieldError('url', error.rule);
    }
  };

  return {
    relay,
    store,
    vault,
    ownPorts,
    know,
    check,
    probe: async ({ url, transport = 'tcp', certificate = '' }) => {
      const config: CameraConfig = parseCamera({ id: 'probe', name: 'probe', url, transport, certificate });
      await check(url);
      know('probe', config.access);
      return probeCamera(config, { timeoutMs: probeTimeoutMs, relay });
    },
    guarded: (desk) => ({
      ...desk,
      add: async (input) => {
        parseCamera({ ...input, id: 'new' });
        await check(input.url);
        return desk.add(input);
      },
      change: async (id, patch) => {
        // The address as it is shown means the one that is there.
        if (patch.url !== desk.get(id)?.address) await check(patch.url);
        return desk.change(id, patch);
      },
    }),
    close: () => relay.close(),
  };
}
