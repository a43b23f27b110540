/** Which addresses the server may call for one purpose. */
export interface AddressPolicy {
  /** URL schemes in lower case, without colon. */
  readonly schemes: readonly string[];
  /** Networks beside the public ones that may be called. */
  readonly networks: { readonly private: boolean; readonly loopback: boolean };
  /** Whether user and password may stand in the address. */
  readonly credentials: boolean;
  /** TCP ports this process listens on: not to be called on any address of this machine. */
  readonly ownPorts: () => Iterable<number>;
}

const noPorts = (): readonly number[] => [];

/**
 * Cameras stand on private networks and behind programs of the same machine, so both may be called; this server's own
 * ports may not.
 */
export function cameraPolicy(ownPorts: AddressPolicy['ownPorts'] = noPorts): AddressPolicy {
  return {
    schemes: ['rtsp', 'rtsps', 'http', 'https'],
    networks: { private: true, loopback: true },
    credentials: true,
    ownPorts,
  };
}

/**
 * Pictures of the web that anybody may ask the server to fetch: the public internet alone, unless the operator opens the
 * private networks.
 */
export function picturePolicy(
  privateNetworks = false,
  ownPorts: AddressPolicy['ownPorts'] = noPorts,
): AddressPolicy {
  return {
    schemes: ['http', 'https'],
    networks: { private: privateNetworks, loopback: false },
    credentials: false,
    ownPorts,
  };
}

/** Receivers of notices, which an administrator names: private networks and this machine may be called as well. */
export function webhookPolicy(ownPorts: AddressPolicy['ownPorts'] = noPorts): AddressPolicy {
  return {
    schemes: ['http', 'https'],
    networks: { private: true, loopback: true },
    credentials: false,
    ownPorts,
  };
}

/**
 * The broker and the mail server of a site, which an administrator names: private networks and this machine may be called as
 * well. User and password have fields of their own.
 *
 * @param schemes of the addresses; a mail server has none, only host and port
 */
export function siteServicePolicy(
  schemes: AddressPolicy['schemes'],
  ownPorts: AddressPolicy['ownPorts'] = noPorts,
): AddressPolicy {
  return { schemes, networks: { private: true, loopback: true }, credentials: false, ownPorts };
}
