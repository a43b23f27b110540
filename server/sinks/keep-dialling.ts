import { isIP } from 'node:net';
import type { MqttClient } from 'mqtt';
import type { AddressPolicy } from '../addresses/address-policy.js';
import { type CheckedUrl, checkAddress } from '../addresses/check-address.js';
import { RefusedAddressError } from '../addresses/refused-address-error.js';
import { type LookupAll, resolveChecked, type ResolvedHost } from '../addresses/resolve-checked.js';

/** What keeps a broker's client connected. */
export interface DiallingOptions {
  readonly url: string;
  /** Which addresses may be called. */
  readonly policy: AddressPolicy;
  /** Instead of the system's resolver; for tests. */
  readonly lookup?: LookupAll | undefined;
  /** Milliseconds from the end of a connection to the next try. */
  readonly retryMs: number;
  /** Told each time that nothing was called. */
  readonly onRefused: () => void;
}

/** A client that is being kept connected. */
export interface Dialling {
  /** Whether it was ever connected to anything; a client of this library that never was cannot be ended. */
  readonly dialled: boolean;
  /** Why nothing was called at the last try; undefined where something was. */
  readonly refusal: RefusedAddressError | undefined;
  /** Leaves the client as it is from now on; idempotent. */
  end(): void;
}

/**
 * Connects a client, and again each time that its connection ends. Its name is resolved anew for each try, and the connection
 * goes to the address that was checked: a library that looks names up itself would call whatever the name says by then.
 *
 * @param client made with `manualConnect: true` and `reconnectPeriod: 0`
 */
export function keepDialling(client: MqttClient, options: DiallingOptions): Dialling {
  const { url, policy, lookup, retryMs, onRefused } = options;
  let ended = false;
  let dialled = false;
  let refusal: RefusedAddressError | undefined;
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => void dial(), retryMs);
  };
  const dial = async (): Promise<void> => {
    try {
      const checked = checkAddress(url, policy);
      const resolved = await resolveChecked(checked, policy, lookup);
      if (ended) return;
      dialled = true;
      refusal = undefined;
      aim(client, checked, resolved);
      client.reconnect();
    } catch (error) {
      if (!(error instanceof RefusedAddressError)) throw error;
      refusal = error;
      onRefused();
      later();
    }
  };
  client.on('close', later);
  void dial();
  return {
    get dialled() {
      return dialled;
    },
    get refusal() {
      return refusal;
    },
    end: () => {
      ended = true;
      clearTimeout(timer);
      client.off('close', later);
    },
  };
}

/** Tells a client the address to connect to, and the name that TLS and the `Host` of a websocket are about. */
function aim(
  { options }: MqttClient,
  { url, host, port }: CheckedUrl,
  { address, family }: ResolvedHost,
): void {
  const webSocket = url.protocol.startsWith('ws');
  options.hostname = webSocket && family === 6 ? `[${address}]` : address;
  options.port = port;
  const name = isIP(host) === 0 ? { servername: host } : {};
  Object.assign(options, name);
  options.wsOptions = { ...name, headers: { Host: url.host } };
}
