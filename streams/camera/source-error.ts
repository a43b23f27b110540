import type { FailureCode } from '../ffmpeg/plain-reason.js';

/** Why a source could not be opened or ended; the supervisor decides what follows. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: FailureCode;
  /** For people, without credentials. */
  readonly reason: string;
  /** True when trying again cannot help before the settings or the file change. */
  readonly fatal: boolean;

  constructor(code: FailureCode, reason: string, fatal: boolean) {
    super(reason);
    this.code = code;
    this.reason = reason;
    this.fatal = fatal;
  }
}

const fatalForAll: ReadonlySet<FailureCode> = new Set([
  'forbidden-address',
  'ffmpeg-missing',
  'unsupported-codec',
]);
const fatalForFiles: ReadonlySet<FailureCode> = new Set(['no-file', 'unreadable', 'no-video']);

/** Whether trying again can help: a camera may be mended, a broken file stays broken. */
export function isFatal(code: FailureCode, kind: 'rtsp' | 'http' | 'file'): boolean {
  return fatalForAll.has(code) || (kind === 'file' && fatalForFiles.has(code));
}
