import type { Socket } from 'node:net';
import type { PlainReason } from '../ffmpeg/plain-reason.js';
import type { CertificateRule } from './certificate-rule.js';
import type { Secret } from '../secret/secret.js';

/** A camera that ffmpeg shall read. */
export interface RelayRequest {
  /** `rtsp`, `rtsps`, `http` or `https`, without credentials. */
  readonly url: string;
  /** The whole address, where it carries credentials. */
  readonly access?: Secret;
  /** Which certificate of the camera is taken; `verified` where absent. */
  readonly certificate?: CertificateRule | undefined;
  /** How RTP travels from the camera; to ffmpeg it is always TCP. */
  readonly transport: 'tcp' | 'udp';
}

/** A way to a camera that is open until it is closed. */
export interface RelayedSource {
  /** What ffmpeg opens: an address on the loopback interface, with nothing of the camera's in it. */
  readonly url: string;
  /** Why the way to the camera broke last; absent while nothing is known. */
  problem(): PlainReason | undefined;
  /** Ends what runs over it. Idempotent. */
  close(): Promise<void>;
}

/** Opens ways to cameras. */
export interface SourceRelay {
  /** Connects to a camera itself, at an address that the rules allow. @throws RelayError, or the socket's error */
  dial(url: URL, certificate: CertificateRule, signal?: AbortSignal): Promise<Socket>;
  open(request: RelayRequest): Promise<RelayedSource>;
  /** Ends everything. Idempotent. */
  close(): Promise<void>;
  /** The TCP ports it listens on, for the rule that nobody may name one as a camera. */
  ports(): readonly number[];
}
