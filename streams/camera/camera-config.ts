import type { Secret } from '../secret/secret.js';
import { type CertificateRule, parseCertificateRule } from '../relay/certificate-rule.js';
import type { PrivacyArea } from '../ffmpeg/privacy-boxes.js';
import { hasControlCharacter, parseAddress } from './camera-address.js';
import { CameraFieldError } from './camera-field-error.js';

/** What kind of source an address names. */
export type CameraKind = 'rtsp' | 'http' | 'file' | 'webcam';

/** Everything the product needs to know about one camera. */
export interface CameraConfig {
  /** Lower-case letters, digits and dashes, at most 40. */
  readonly id: string;
  readonly name: string;
  readonly kind: CameraKind;
  /**
   * An `rtsp:`, `rtsps:`, `http:` or `https:` URL without its credentials, an absolute path for a file; empty for a webcam.
   */
  readonly url: string;
  /** The whole URL, where it carries credentials; only the relay looks inside. */
  readonly access?: Secret;
  /** Which certificate of a camera over TLS is taken; `verified` where absent. */
  readonly certificate?: CertificateRule;
  /** How RTP travels from an RTSP camera. */
  readonly transport: 'tcp' | 'udp';
  /** True for a file that starts again when it ends. */
  readonly loop: boolean;
  /** Frames a second to analyse, at most. */
  readonly fps: number;
  /** A disabled camera is listed but not opened. */
  readonly enabled: boolean;
  /** True for the camera that the product brought along to show itself. */
  readonly demo: boolean;
  /** Name that cameras of one place share; absent where it belongs to none. */
  readonly group?: string;
  /** Areas that nobody may see, neither viewers nor the analysis; with any, the video is encoded anew. */
  readonly privacy: readonly PrivacyArea[];
}

/** What a person or a file gives for a camera; the rest has defaults. */
export interface CameraFields {
  readonly id: string;
  /** The id where absent. */
  readonly name?: string;
  /** The address as typed: see `parseAddress`. */
  readonly url: string;
  /** As `parseCertificateRule` reads it; `verified` where absent or empty. */
  readonly certificate?: string;
  /** `tcp` where absent. */
  readonly transport?: 'tcp' | 'udp';
  /** False where absent. */
  readonly loop?: boolean;
  /** 0.2..30; 10 where absent. */
  readonly fps?: number;
  /** True where absent. */
  readonly enabled?: boolean;
  /** False where absent. */
  readonly demo?: boolean;
  /** At most 40 characters; none where absent or empty. */
  readonly group?: string;
  /** None where absent. */
  readonly privacy?: readonly PrivacyArea[];
}

/**
 * Makes a camera's settings out of what was typed.
 *
 * @param folder that relative paths start from; the working folder where absent
 * @throws CameraFieldError
 */
export function parseCamera(fields: CameraFields, folder = process.cwd()): CameraConfig {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(fields.id)) {
    throw new CameraFieldError('id', 'must be lower-case letters, digits and dashes, at most 40');
  }
  const name = (fields.name ?? fields.id).trim();
  if (name === '' || name.length > 80 || hasControlCharacter(name)) {
    throw new CameraFieldError('name', 'must be 1 to 80 characters without control characters');
  }
  const group = groupOf(fields.group);
  const fps = fields.fps ?? 10;
  if (!(fps >= 0.2 && fps <= 30)) throw new CameraFieldError('fps', 'must be between 0.2 and 30');
  const address = parseAddress(fields.url, folder);
  const { privacy = [] } = fields;
  return {
    id: fields.id,
    name,
    ...address,
    ...certificateOf(fields.certificate),
    transport: fields.transport ?? 'tcp',
    loop: fields.loop ?? false,
    fps,
    enabled: fields.enabled ?? true,
    demo: fields.demo ?? false,
    ...(group === '' ? {} : { group }),
    privacy,
  };
}

function groupOf(typed = ''): string {
  const group = typed.trim();
  if (group.length > 40 || hasControlCharacter(group)) {
    throw new CameraFieldError('group', 'must be at most 40 characters without control characters');
  }
  return group;
}

/** The rule that needs no words is not written down. */
function certificateOf(typed = ''): Pick<CameraConfig, 'certificate'> {
  if (typed.trim() === '') return {};
  const certificate = parseCertificateRule(typed);
  if (certificate === undefined) {
    throw new CameraFieldError('certificate', 'must be verified, any, or sha256: and 64 hexadecimal digits');
  }
  return certificate === 'verified' ? {} : { certificate };
}
