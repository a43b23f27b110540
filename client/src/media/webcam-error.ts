/** Why the webcam cannot be had, in the terms of the page's strings. */
export type WebcamTrouble = 'denied' | 'noDevice' | 'insecure';

/** What a failure of `getUserMedia` means; undefined for one that the page has no words of its own for. */
export function webcamTrouble(error: unknown): WebcamTrouble | undefined {
  if (!(error instanceof DOMException)) return undefined;
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return 'denied';
  if (error.name === 'NotFoundError' || error.name === 'OverconstrainedError') return 'noDevice';
  return undefined;
}
