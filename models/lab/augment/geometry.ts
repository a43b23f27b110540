import { patchMargin } from '../data/patch-store.js';
import type { Random } from '../random.js';
import type { Augmentation } from './settings.js';
import type { Affine } from './warp.js';

const limit = (value: number, most: number): number => Math.min(Math.max(value, -most), most);

/**
 * Draws the one map that does all geometry at once: margin, shift, rotation, shear, aspect, mirror.
 * @param patchSide side of the stored patch in pixels; the face's long side is that over `patchMargin`
 */
export function drawGeometry(settings: Augmentation, patchSide: number, random: Random): Affine {
  const zoom = Math.min(Math.max(Math.exp(random.normal() * settings.zoom), 0.8), 1.2);
  const side = (patchSide / patchMargin) * settings.margin * zoom;
  const angle = (limit(random.normal() * settings.rotation, 20) * Math.PI) / 180;
  const aspect = Math.exp(limit(random.normal() * settings.aspect, Math.log(4 / 3)) / 2);
  const shear = limit(random.normal() * settings.shear, 0.2);
  const dx = limit(random.normal() * settings.shift, 0.2) * side;
  const dy = limit(random.normal() * settings.shift, 0.2) * side;
  const flip = random.uniform() < settings.mirror ? -1 : 1;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [sx, sy] = [side * aspect, side / aspect];
  return {
    a: flip * cos * sx,
    b: (cos * shear - sin) * sy,
    c: flip * sin * sx,
    d: (sin * shear + cos) * sy,
    tx: dx,
    ty: dy,
  };
}
