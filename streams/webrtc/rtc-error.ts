/**
 * Why a WebRTC session was refused.
 *
 * - `sdp-too-large`: the offer is longer than any browser makes it
 * - `invalid-sdp`: the offer cannot be understood, or lacks what a session needs
 * - `unsupported-media`: the offer has more than one video and one audio
 * - `unsupported-codec`: no codec in common
 * - `no-video-yet`: the source has not sent anything, so its codec is not known; worth trying again
 * - `peer-failed`: the WebRTC library refused the offer or did not answer in time
 */
export type RtcErrorCode =
  | 'sdp-too-large'
  | 'invalid-sdp'
  | 'unsupported-media'
  | 'unsupported-codec'
  | 'no-video-yet'
  | 'peer-failed';

/** A refused session; the message is fit for the person at the other end. */
export class RtcError extends Error {
  override readonly name = 'RtcError';
  readonly code: RtcErrorCode;

  constructor(code: RtcErrorCode, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
