import { redact } from './redact.js';

/** Why a source or ffmpeg failed, for programs. */
export type FailureCode =
  | 'unauthorised'
  | 'not-found'
  | 'refused'
  | 'no-route'
  | 'unknown-host'
  | 'timed-out'
  | 'disconnected'
  | 'no-file'
  | 'unreadable'
  | 'no-video'
  | 'unsupported-codec'
  | 'forbidden-address'
  | 'untrusted-certificate'
  | 'ffmpeg-missing'
  | 'other';

/** A failure in words that people understand, without credentials. */
export interface PlainReason {
  readonly code: FailureCode;
  readonly reason: string;
}

/** The first rule that fits any line wins, so the surest signs stand first. */
const rules: readonly (readonly [pattern: RegExp, code: FailureCode, reason: string])[] = [
  [
    /Cannot find ffmpeg|exec: ff(?:mpeg|probe)|ff(?:mpeg|probe): (?:not found|No such file)|failed to execute ff/i,
    'ffmpeg-missing',
    'ffmpeg is not installed',
  ],
  [/\b401\b.*Unauthorized|401 \(?authorization/i, 'unauthorised', '401 from camera'],
  [/\b403\b.*Forbidden|403 \(?access/i, 'unauthorised', '403 from camera'],
  [/\b404\b.*Not Found|\b454\b/i, 'not-found', 'no such stream (404)'],
  [/\b5\d\d\b.*Server Error|Server returned 5/i, 'other', 'the camera reports an error of its own (5xx)'],
  [/not on whitelist/i, 'forbidden-address', 'the source leads to an address that is not allowed'],
  [/Failed to resolve hostname|Name or service not known/i, 'unknown-host', 'unknown host name'],
  [/Connection refused/i, 'refused', 'connection refused'],
  [/No route to host|Network is unreachable|Host is unreachable/i, 'no-route', 'no route to the camera'],
  [/timed out/i, 'timed-out', 'timed out'],
  [/Connection reset|Broken pipe/i, 'disconnected', 'connection reset by the camera'],
  [/No such file or directory/i, 'no-file', 'no such file'],
  [/Permission denied/i, 'no-file', 'the file may not be read'],
  [/Is a directory/i, 'no-file', 'the path is a folder'],
  [/matches no streams/i, 'no-video', 'no video in this stream'],
  [
    /Decoder .*not found|Unknown decoder|no decoder|Unsupported codec/i,
    'unsupported-codec',
    'unsupported codec',
  ],
  [
    /Invalid data found|could not find codec parameters|moov atom not found|Invalid argument/i,
    'unreadable',
    'not a video that ffmpeg can read',
  ],
  [/End of file|Input\/output error/i, 'disconnected', 'connection closed by the camera'],
];

const longestReason = 200;

/**
 * Finds the cause in what ffmpeg or ffprobe said last.
 *
 * @param tail lines of standard error, oldest first
 * @param secrets words that must not be shown; see `secretsOf`
 */
export function plainReason(tail: readonly string[], secrets: readonly string[] = []): PlainReason {
  for (const [pattern, code, reason] of rules) {
    if (tail.some((line) => pattern.test(line))) return { code, reason };
  }
  const last = tail.findLast((line) => line.trim() !== '');
  if (last === undefined) return { code: 'other', reason: 'ffmpeg ended without a word' };
  return { code: 'other', reason: redact(last.trim(), secrets).slice(0, longestReason) };
}
