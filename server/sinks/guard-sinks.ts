import { isIPv6 } from 'node:net';
import type { AddressPolicy } from '../addresses/address-policy.js';
import { checkAddress } from '../addresses/check-address.js';
import type { SinkSettings } from '../http/sink-api.js';
import type { SinkDesk } from './sink-desk.js';

/** Which addresses each kind of sink may call. */
export type SinkPolicies = Readonly<Record<SinkSettings['kind'], AddressPolicy>>;

/** The scheme that a mail server's policy knows it by; its settings have host and port alone. */
export const mailScheme = 'smtp';

/**
 * The desk, with the address of every new sink looked through before it is kept, so that a mistake is told to who makes it.
 * Where its name leads is seen at each connection. Methods throw RefusedAddressError.
 */
export function guardSinks(desk: SinkDesk, policies: SinkPolicies): SinkDesk {
  const check = (settings: SinkSettings): void => {
    checkAddress(addressOf(settings), policies[settings.kind]);
  };
  return {
    ...desk,
    add: (input) => {
      check(input.settings);
      return desk.add(input);
    },
    change: async (sinkId, input) => {
      check(input.settings);
      return desk.change(sinkId, input);
    },
  };
}

function addressOf(settings: SinkSettings): string {
  if (settings.kind !== 'email') return settings.url;
  const { host, port } = settings;
  return `${mailScheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
