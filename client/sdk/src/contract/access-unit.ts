// Made from streams/access-unit.ts by "npm run interfaces"; change it there.

/** Video codecs that travel inside the product; everything else is transcoded to H.264 at the source. */
export type VideoCodec = 'h264' | 'vp8';
