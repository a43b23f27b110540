import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageRoot } from '../package-root.js';
import type { Box } from '../../models/image.js';

/** A point in pixels of the photograph: x, y. */
export type Point = readonly [number, number];

/** Where one face of a sample photograph is; found once with face-api's SSD and landmark nets. */
export interface SampleFace {
  readonly box: Box;
  /** The 17 points of the jaw line from the left ear over the chin to the right ear: x, y, x, y … */
  readonly jaw: readonly number[];
  /** The centres of both eyes: x, y, x, y. */
  readonly eyes: readonly number[];
  /** Between the eyes, a little below: where the upper edge of a mask lies. */
  readonly noseBridge: Point;
  readonly noseTip: Point;
  /** The middle below the nostrils. */
  readonly noseBase: Point;
  /** The middle of the upper lip's upper edge. */
  readonly upperLip: Point;
  /** The middle of the lower lip's lower edge. */
  readonly lowerLip: Point;
}

/** One sample photograph and its faces, from left to right. */
export interface SamplePhoto {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly SampleFace[];
}

/** Photographs by file name, `sample1.jpg` … `sample6.jpg`. */
export type SamplePhotos = Readonly<Record<string, SamplePhoto>>;

/** Reads where the faces of the sample photographs are. */
export async function readSampleFaces(root: string = packageRoot()): Promise<SamplePhotos> {
  return JSON.parse(await readFile(join(root, 'server/demo/sample-faces.json'), 'utf8')) as SamplePhotos;
}

/** The path of a sample photograph, which the face-api package brings along. */
export function samplePhotoPath(name: string, root: string = packageRoot()): string {
  const photo = join('node_modules/@vladmandic/face-api/demo', name);
  // npm may have put that package beside this one instead of inside it.
  for (let folder = root; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, photo))) return join(folder, photo);
  }
  return join(root, photo);
}
