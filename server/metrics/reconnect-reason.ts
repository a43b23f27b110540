/** Kinds of trouble with a camera, for a label that must not have endless values. */
export const reconnectReasons = [
  'unauthorised',
  'untrusted',
  'not_found',
  'unreachable',
  'timed_out',
  'disconnected',
  'unreadable',
  'ended',
  'other',
] as const;

/** One of the kinds above. */
export type ReconnectReason = (typeof reconnectReasons)[number];

const rules: readonly (readonly [RegExp, ReconnectReason])[] = [
  [/^40[13] /, 'unauthorised'],
  [/certificate/, 'untrusted'],
  [/\b404\b|no such file|may not be read/, 'not_found'],
  [/refused|no route|unknown host/, 'unreachable'],
  [/timed out|no video for|no picture|no answer|within/, 'timed_out'],
  [/closed by the camera|reset by the camera|disconnect/, 'disconnected'],
  [/not a video|unsupported|no video in/, 'unreadable'],
  [/end of file|ended/, 'ended'],
];

/** The kind of a reason in plain words, as `CameraStatus.reason` has it. */
export function reconnectReasonOf(reason: string): ReconnectReason {
  return rules.find(([pattern]) => pattern.test(reason))?.[1] ?? 'other';
}
