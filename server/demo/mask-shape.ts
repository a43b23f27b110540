import type { Point, SampleFace } from './sample-faces.js';

/** How a painted mask is worn: over the nose, below the nostrils, or on the chin only. */
export type Wearing = 'over-nose' | 'under-nose' | 'on-chin';

/** The cloth of a painted mask. */
export interface MaskStyle {
  readonly wearing: Wearing;
  /** `#rrggbb` of the cloth under even light. */
  readonly colour: string;
  /** Three folds across, as surgical masks have. */
  readonly pleats: boolean;
}

/** An upper edge: where it meets the cheeks (indices of the jaw's points) and the middle. */
interface UpperEdge {
  readonly left: number;
  readonly right: number;
  readonly middle: Point;
  /** How far the edge sags between cheek and middle, in face heights. */
  readonly sag: number;
}

/** Moves `a` towards `b` by `t` (0..1; beyond 1 overshoots). */
function mix(a: Point, b: Point, t: number): Point {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

function upperEdge(face: SampleFace, wearing: Wearing): UpperEdge {
  switch (wearing) {
    case 'over-nose':
      return { left: 1, right: 15, middle: face.noseBridge, sag: 0.05 };
    case 'under-nose':
      return { left: 3, right: 13, middle: mix(face.noseBase, face.upperLip, 0.45), sag: 0.01 };
    case 'on-chin':
      return { left: 4, right: 12, middle: mix(face.lowerLip, jawPoint(face, 8), 0.2), sag: -0.01 };
  }
}

function jawPoint(face: SampleFace, index: number): Point {
  return [face.jaw[index * 2] ?? 0, face.jaw[index * 2 + 1] ?? 0];
}

function text(point: Point): string {
  return `${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
}

/** A smooth path through the points (Catmull-Rom as cubic Bézier segments), without its first `M`. */
function curve(points: readonly Point[]): string {
  const at = (index: number): Point => points[Math.min(Math.max(index, 0), points.length - 1)] ?? [0, 0];
  return points
    .slice(1)
    .map((to, index) => {
      const from = at(index);
      const before = at(index - 1);
      const after = at(index + 2);
      const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
      const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
      return `C${text(first)} ${text(second)} ${text(to)}`;
    })
    .join(' ');
}

/**
 * Draws a mask on a face as SVG elements in the photograph's pixel coordinates: two ear loops, the cloth from
 * the nose (or below) along the jaw to under the chin, folds and a soft light in the middle.
 *
 * @param id makes the ids of the gradients unique where several masks share one SVG
 */
export function maskSvg(face: SampleFace, style: MaskStyle, id: string): string {
  const edge = upperEdge(face, style.wearing);
  const chin = jawPoint(face, 8);
  const left = jawPoint(face, edge.left);
  const right = jawPoint(face, edge.right);
  const down: Point = [chin[0] - face.noseBridge[0], chin[1] - face.noseBridge[1]];
  const centre = mix(mix(left, right, 0.5), chin, 0.45);
  const sagging = (cheek: Point): Point => {
    const between = mix(cheek, edge.middle, 0.5);
    return [between[0] + down[0] * edge.sag, between[1] + down[1] * edge.sag];
  };
  // The cloth stands off the jaw a little and reaches under the chin.
  const lower: Point[] = [];
  for (let index = edge.right; index >= edge.left; index -= 1) {
    const outward = 1.03 + 0.05 * (1 - Math.abs(index - 8) / 7);
    lower.push(mix(centre, jawPoint(face, index), outward));
  }
  const upper: Point[] = [left, sagging(left), edge.middle, sagging(right), right];
  const outline = `M${text(left)} ${curve(upper)} L${text(lower[0] ?? right)} ${curve(lower)} Z`;
  const scale = Math.hypot(down[0], down[1]);
  return [
    gradients(id, left, right, edge.middle, chin),
    loop(face, edge.left, 0, scale),
    loop(face, edge.right, 16, scale),
    `<path d="${outline}" fill="#000" fill-opacity="0.28" filter="url(#soft-${id})"/>`,
    `<path d="${outline}" fill="${style.colour}"/>`,
    `<path d="${outline}" fill="url(#across-${id})"/>`,
    `<path d="${outline}" fill="url(#down-${id})"/>`,
    style.pleats ? pleats(left, right, edge.middle, chin, scale) : seam(edge.middle, chin, scale),
    `<path d="M${text(left)} ${curve(upper)}" fill="none" stroke="#fff" stroke-opacity="0.35" stroke-width="${(scale * 0.02).toFixed(1)}"/>`,
  ].join('');
}

function gradients(id: string, left: Point, right: Point, top: Point, chin: Point): string {
  const line = (
    name: string,
    from: Point,
    to: Point,
    stops: readonly (readonly [number, string, number])[],
  ): string =>
    `<linearGradient id="${name}-${id}" gradientUnits="userSpaceOnUse" x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}">` +
    stops
      .map(([at, stop, alpha]) => `<stop offset="${at}" stop-color="${stop}" stop-opacity="${alpha}"/>`)
      .join('') +
    '</linearGradient>';
  const across = line('across', left, right, [
    [0, '#000', 0.34],
    [0.3, '#000', 0.04],
    [0.5, '#fff', 0.16],
    [0.7, '#000', 0.04],
    [1, '#000', 0.34],
  ]);
  const downwards = line('down', top, chin, [
    [0, '#fff', 0.1],
    [0.45, '#fff', 0],
    [1, '#000', 0.3],
  ]);
  const soft = `<filter id="soft-${id}" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="${Math.abs(right[0] - left[0]) * 0.03}"/></filter>`;
  return `<defs>${across}${downwards}${soft}</defs>`;
}

/** An elastic from the cloth's upper and lower corner to the ear, which lies just outside the jaw's end. */
function loop(face: SampleFace, corner: number, ear: 0 | 16, scale: number): string {
  const top = jawPoint(face, corner);
  const low = jawPoint(face, corner + (ear === 0 ? 2 : -2));
  const end = jawPoint(face, ear);
  const out: Point = [end[0] + (ear === 0 ? -1 : 1) * scale * 0.06, end[1] - scale * 0.06];
  const stroke = `fill="none" stroke="#e9ecee" stroke-opacity="0.85" stroke-width="${(scale * 0.016).toFixed(1)}"`;
  return `<path d="M${text(top)} L${text(out)} M${text(low)} Q${text(mix(low, end, 0.7))} ${text(out)}" ${stroke}/>`;
}

function pleats(left: Point, right: Point, top: Point, chin: Point, scale: number): string {
  return [0.3, 0.5, 0.7]
    .map((t) => {
      const middle = mix(top, chin, t + 0.06);
      const from = mix(mix(left, chin, t * 0.55), middle, 0.16);
      const to = mix(mix(right, chin, t * 0.55), middle, 0.16);
      const path = `M${text(from)} Q${text(middle)} ${text(to)}`;
      const width = (scale * 0.014).toFixed(1);
      return (
        `<path d="${path}" fill="none" stroke="#000" stroke-opacity="0.2" stroke-width="${width}"/>` +
        `<path d="${path}" transform="translate(0 ${width})" fill="none" stroke="#fff" stroke-opacity="0.25" stroke-width="${width}"/>`
      );
    })
    .join('');
}

function seam(top: Point, chin: Point, scale: number): string {
  return `<path d="M${text(top)} L${text(chin)}" fill="none" stroke="#000" stroke-opacity="0.16" stroke-width="${(scale * 0.012).toFixed(1)}"/>`;
}
