// Made from server/zones/geometry.ts by "npm run interfaces"; change it there.

/** A point of a camera's picture: 0..1 from the left and from the top edge. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
