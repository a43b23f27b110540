/** A picture put together from its packets. */
export interface FinishedPicture {
  readonly data: Buffer;
  readonly keyframe: boolean;
  /** True when the sender says that no other picture refers to this one. */
  readonly disposable?: boolean;
  /** Size in pixels; only keyframes tell it. */
  readonly size?: { readonly width: number; readonly height: number };
}

/**
 * How one codec's pictures travel in RTP payloads. An instance belongs to one stream and holds at most one picture.
 * The payloads of a picture come in order and without holes; whoever calls sees to that.
 */
export interface PictureFormat {
  /** True when this payload is certainly the first of a picture: where it is safe to go on after a loss. */
  begins(payload: Buffer): boolean;
  /** True when this payload starts a picture, or its parameter sets, at which decoding can start. */
  beginsKeyframe(payload: Buffer): boolean;
  /** Adds one payload to the picture; false when it breaks the rules of the format, so that the picture is lost. */
  add(payload: Buffer): boolean;
  /** Ends the picture. `no-picture` when there were only parameter sets, `broken` when it is not whole. */
  finish(): FinishedPicture | 'no-picture' | 'broken';
  /** Forgets the picture in progress. */
  reset(): void;
}
