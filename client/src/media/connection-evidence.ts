/** A refusal of the server, or that it could not be reached (`status` 0). */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** An address that one side offers for media (RFC 8839). */
export interface OfferedAddress {
  /** As a host name ending in `.local` where the browser hides the address. */
  readonly address: string;
  readonly kind: 'host' | 'srflx' | 'prflx' | 'relay';
}

/** What a check of the connection found so far; what is absent was not reached. */
export interface ConnectionEvidence {
  /** Whether video is to come from the server or to go to it. */
  readonly direction: 'watch' | 'send';
  /** Whether the page may have the webcam at all. */
  readonly secure: boolean;
  readonly webRtc: boolean;
  /** Under what name the page reached the server. */
  readonly pageHost: string;
  /** Whether the settings name a TURN server; absent before they came. */
  readonly turn?: boolean;
  /** The browser's own addresses. */
  readonly local?: readonly OfferedAddress[];
  /** The server's addresses; absent unless it took the offer. */
  readonly remote?: readonly OfferedAddress[];
  readonly refusal?: Refusal;
  /** Connectivity checks between the two (RFC 8445), and whether one of them made it. */
  readonly path?: { readonly found: boolean; readonly sent: number; readonly answered: number };
  /** Whether DTLS came to an end. */
  readonly encrypted?: boolean;
  /** What came in a few seconds, or for a sender what went. */
  readonly media?: { readonly packets: number; readonly frames: number };
}

/** The addresses that a session description offers, each once. */
export function addressesOf(sdp: string): OfferedAddress[] {
  const found = new Map<string, OfferedAddress>();
  for (const line of sdp.split(/\r?\n/)) {
    const match = /^a=candidate:\S+ 1 \S+ \d+ (\S+) \d+ typ (host|srflx|prflx|relay)/.exec(line);
    const [, address, kind] = match ?? [];
    if (address !== undefined && isKind(kind)) found.set(`${kind} ${address}`, { address, kind });
  }
  return [...found.values()];
}

function isKind(text: string | undefined): text is OfferedAddress['kind'] {
  return text === 'host' || text === 'srflx' || text === 'prflx' || text === 'relay';
}
