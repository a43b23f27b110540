/** How this server is reached by WebRTC. */
export interface RtcSettings {
  /** STUN and TURN servers; empty on a LAN, where none is needed. */
  readonly iceServers: readonly IceServer[];
  /** UDP ports to use, first and last, which must differ; any free port where absent. */
  readonly portRange?: readonly [number, number];
  /** Addresses to offer beside those of the network interfaces: a public address, or 127.0.0.1 for a machine without network. */
  readonly additionalHostAddresses?: readonly string[];
}

/** One STUN or TURN server, as browsers name its parts. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}
