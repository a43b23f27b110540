import sharp from 'sharp';
import type { Placement } from './compose-frame.js';
import { cutOut } from './cut-out.js';
import type { Sprite } from './cut-out.js';
import type { MaskStyle } from './mask-shape.js';
import { paintMasks } from './paint-masks.js';
import { readSampleFaces, samplePhotoPath } from './sample-faces.js';
import type { SamplePhotos } from './sample-faces.js';
import type { RgbImage } from '../../models/image.js';

const blue: MaskStyle = { wearing: 'over-nose', colour: '#9cc7e4', pleats: true };
const white: MaskStyle = { wearing: 'over-nose', colour: '#f1f3f4', pleats: false };
const black: MaskStyle = { wearing: 'over-nose', colour: '#33363d', pleats: false };
const tooLow: MaskStyle = { wearing: 'under-nose', colour: '#9cc7e4', pleats: true };

/** A part of a photograph in the panorama; `masks` from the leftmost face on. */
interface Panel {
  readonly photo: string;
  /** Columns of the photograph that show. */
  readonly from: number;
  readonly to: number;
  /** First row of the photograph that shows. */
  readonly top: number;
  readonly masks: readonly (MaskStyle | undefined)[];
}

const panels: readonly Panel[] = [
  { photo: 'sample6.jpg', from: 150, to: 1850, top: 140, masks: [blue, undefined, white, tooLow] },
  { photo: 'sample3.jpg', from: 440, to: 1820, top: 120, masks: [undefined, blue, black] },
  { photo: 'sample5.jpg', from: 470, to: 1720, top: 40, masks: [undefined, white, tooLow, undefined, blue] },
  { photo: 'sample4.jpg', from: 100, to: 1560, top: 0, masks: [white, undefined, blue, undefined] },
];

/** Someone who walks past in front. */
interface Walker {
  readonly photo: string;
  readonly face: number;
  readonly style?: MaskStyle;
  /** When he enters and when he is gone, in shares of the clip, 0..1. */
  readonly enters: number;
  readonly gone: number;
  /** 1 from left to right, -1 back. */
  readonly direction: 1 | -1;
  /** Height of the face, in picture heights. */
  readonly size: number;
}

const walkers: readonly Walker[] = [
  { photo: 'sample1.jpg', face: 2, style: blue, enters: 0.06, gone: 0.36, direction: -1, size: 0.34 },
  { photo: 'sample2.jpg', face: 2, enters: 0.3, gone: 0.64, direction: 1, size: 0.31 },
  { photo: 'sample1.jpg', face: 0, style: white, enters: 0.6, gone: 0.9, direction: 1, size: 0.36 },
  { photo: 'sample1.jpg', face: 2, enters: 0.64, gone: 0.94, direction: -1, size: 0.3 },
];

/** Photographs are shown at half size, so that faces are about 90 pixels wide on a 540-line picture. */
const scale = 0.5;
/** Columns over which two photographs fade into each other. */
const overlap = 60;

/** Everything the demo clip shows, ready to be composed frame by frame. */
export interface DemoScene {
  readonly panorama: RgbImage;
  /** The first column of the panorama that shows. */
  offset(share: number): number;
  /** Walkers in view. */
  placements(share: number): Placement[];
}

/**
 * Prepares the demo: a camera that sways along a wall of people, and others who walk past before it. It begins
 * and ends in the same place, so that the clip loops without a cut.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels, at most 540
 */
export async function demoScene(width: number, height: number): Promise<DemoScene> {
  const photos = await readSampleFaces();
  const panorama = await joinPanels(photos, height);
  const people = await Promise.all(
    walkers.map(async (walker) => ({ walker, sprite: await walkerSprite(photos, walker, height) })),
  );
  return {
    panorama,
    offset: (share) => ((panorama.width - width) * (1 - Math.cos(2 * Math.PI * share))) / 2,
    placements: (share) =>
      people.flatMap(({ walker, sprite }): Placement[] => {
        const along = (share - walker.enters) / (walker.gone - walker.enters);
        if (along < 0 || along > 1) return [];
        const across = along * (width + sprite.width) - sprite.width;
        const x = walker.direction === 1 ? across : width - sprite.width - across;
        const bob = Math.abs(Math.sin(along * Math.PI * 9)) * height * 0.012;
        return [{ sprite, x, y: height - sprite.height * 0.94 - bob }];
      }),
  };
}

async function walkerSprite(photos: SamplePhotos, walker: Walker, height: number): Promise<Sprite> {
  const face = photos[walker.photo]?.faces[walker.face];
  if (face === undefined) throw new Error(`no face ${walker.face} in ${walker.photo}`);
  const masked = walker.style === undefined ? [] : [{ face, style: walker.style }];
  return cutOut(await paintMasks(samplePhotoPath(walker.photo), masked), face, height * walker.size);
}

/** Paints the photographs and joins them side by side, each fading into the next. */
async function joinPanels(photos: SamplePhotos, height: number): Promise<RgbImage> {
  const parts: { readonly width: number; readonly data: Buffer }[] = [];
  for (const panel of panels) {
    const faces = photos[panel.photo]?.faces ?? [];
    const masked = faces.flatMap((face, index) => {
      const style = panel.masks[index];
      return style === undefined ? [] : [{ face, style }];
    });
    const painted = await paintMasks(samplePhotoPath(panel.photo), masked);
    const width = Math.round((panel.to - panel.from) * scale);
    const data = await sharp(painted.data, {
      raw: { width: painted.width, height: painted.height, channels: 3 },
    })
      .extract({
        left: panel.from,
        top: panel.top,
        width: panel.to - panel.from,
        height: Math.round(height / scale),
      })
      .resize(width, height, { fit: 'fill' })
      .raw()
      .toBuffer();
    parts.push({ width, data });
  }
  const width = parts.reduce((sum, part) => sum + part.width, 0) - overlap * (parts.length - 1);
  const data = new Uint8Array(width * height * 3);
  let left = 0;
  for (const part of parts) {
    fadeIn(data, width, left, part, height);
    left += part.width - overlap;
  }
  return { width, height, data };
}

/** Copies a part to its place; its first columns fade in over what is there, except at the left end. */
function fadeIn(
  data: Uint8Array,
  width: number,
  left: number,
  part: { readonly width: number; readonly data: Buffer },
  height: number,
): void {
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < part.width; x += 1) {
      const weight = left === 0 ? 1 : Math.min(1, x / overlap);
      for (let channel = 0; channel < 3; channel += 1) {
        const to = (y * width + left + x) * 3 + channel;
        const value = part.data[(y * part.width + x) * 3 + channel] ?? 0;
        data[to] = (data[to] ?? 0) * (1 - weight) + value * weight;
      }
    }
  }
}
