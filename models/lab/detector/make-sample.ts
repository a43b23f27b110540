import type { RgbImage } from '../../image.js';
import { createRandom, mixSeed, type Random } from '../random.js';
import { decodePixels, renderCrop } from './render-crop.js';
import { freePlace, pasteFace } from './plant-face.js';
import { CropPlanner, facesInCrop, logUniform } from './sample-plan.js';
import type { LabelledFace, Scene } from './scene-list.js';
import { turnSample } from './turn-sample.js';
import type { DetectorSample } from './detector-sample.js';
import { joinQuarters } from './join-quarters.js';

/** What training pictures are made of; small enough to hand to a worker. */
export interface SampleSources {
  readonly scenes: readonly Scene[];
  /** Face crops, cut with about 15 % margin, for mosaics: large faces, most of them bare. */
  readonly bareFaces: readonly string[];
  readonly maskedFaces: readonly string[];
  /** Share of mosaics, 0..1. */
  readonly mosaicShare: number;
  /** Share of the other pictures into which face crops are planted, 0..1. */
  readonly plantShare: number;
  /** Share of the other pictures that are put together from parts of four scenes, 0..1. */
  readonly quarterShare: number;
  /** Share of all pictures that are turned about their middle, 0..1. */
  readonly turnShare: number;
  readonly seed: number;
}

/** Decoded photographs are kept up to this many bytes. */
const cacheBytes = 3e9;
/** Face crops along each side of a mosaic, each as likely. */
const mosaicCells = [1, 1, 2, 2, 3, 5];
/** The share of a face crop's side that is face; the crops have about 15 % margin on each side. */
const faceShare = 0.76;

/** Makes training pictures; the picture of a (step, index) is always the same. */
export class SampleMaker {
  readonly #sources: SampleSources;
  readonly #planner: CropPlanner;
  readonly #cache = new Map<string, Promise<RgbImage>>();
  #cached = 0;

  constructor(sources: SampleSources) {
    this.#sources = sources;
    this.#planner = new CropPlanner(sources.scenes);
  }

  async make(step: number, index: number, size: number): Promise<DetectorSample> {
    const random = createRandom(mixSeed(this.#sources.seed, step, index));
    const sample = await this.#sample(size, random);
    const { turnShare } = this.#sources;
    return turnShare > 0 && random.uniform() < turnShare ? turnSample(sample, size, random) : sample;
  }

  async #sample(size: number, random: Random): Promise<DetectorSample> {
    if (random.uniform() < this.#sources.mosaicShare) return this.#mosaic(size, random);
    // A share of nothing draws nothing: pictures of runs from before there were quarters stay what they were.
    const { quarterShare } = this.#sources;
    if (quarterShare === 0 || random.uniform() >= quarterShare) return this.#scene(size, random);
    const parts: DetectorSample[] = [];
    while (parts.length < 4) parts.push(await this.#scene(size >> 1, random));
    return joinQuarters(parts, size);
  }

  /** A part of a labelled scene, now and then with face crops planted into it. */
  async #scene(size: number, random: Random): Promise<DetectorSample> {
    const plan = this.#planner.next(size, random);
    const pixels = renderCrop(await this.#pixels(plan.scene.path), plan, size, random);
    const faces = facesInCrop(plan, size);
    const likely: LabelledFace[] = [];
    if (random.uniform() < this.#sources.plantShare) {
      const taken = faces.map(({ box }) => box);
      for (let left = 1 + random.below(6); left > 0; left--) {
        const side = Math.round(logUniform(12, 0.4 * size, random));
        const place = freePlace(taken, side, size, random);
        if (place === undefined) continue;
        taken.push({ ...place, width: side, height: side });
        likely.push(...(await this.#plant(pixels, size, { ...place, side }, 0.8, random)));
      }
    }
    return { pixels, faces, likely };
  }

  /** Face crops on a flat colour: one, four, or a grid of small ones. */
  async #mosaic(size: number, random: Random): Promise<DetectorSample> {
    const pixels = new Uint8Array(size * size * 3);
    const colour = [0, 1, 2].map(() => random.below(256));
    for (let at = 0; at < pixels.length; at++) pixels[at] = colour[at % 3] ?? 0;
    const cells = mosaicCells[random.below(mosaicCells.length)] ?? 2;
    const cell = Math.floor(size / cells);
    const likely: LabelledFace[] = [];
    for (let slot = 0; slot < cells * cells; slot++) {
      if (slot > 0 && random.uniform() < 0.25) continue;
      const side = Math.min(cell, Math.max(14, Math.round(cell * Math.exp(-random.uniform() * 1.4))));
      const x = (slot % cells) * cell + random.below(Math.max(1, cell - side));
      const y = Math.floor(slot / cells) * cell + random.below(Math.max(1, cell - side));
      likely.push(...(await this.#plant(pixels, size, { x, y, side }, 0.65, random)));
    }
    return { pixels, faces: [], likely };
  }

  /** Puts a face crop into the picture. @returns where its face should be; nothing where there are no crops */
  async #plant(
    pixels: Uint8Array,
    size: number,
    { x, y, side }: { readonly x: number; readonly y: number; readonly side: number },
    bareShare: number,
    random: Random,
  ): Promise<LabelledFace[]> {
    const label = random.uniform() < bareShare ? 'no_mask' : 'mask';
    const list = label === 'no_mask' ? this.#sources.bareFaces : this.#sources.maskedFaces;
    const path = list[random.below(list.length)];
    if (path === undefined) return [];
    const source = await this.#pixels(path);
    const scale = side / Math.max(source.width, source.height);
    const mirrored = random.uniform() < 0.5;
    const face = renderCrop(source, { scale, left: 0, top: 0, mirrored }, side, random);
    const width = source.width * scale;
    const height = source.height * scale;
    const left = mirrored ? side - width : 0;
    pasteFace({ data: face, side, left, width, height }, pixels, size, x, y);
    const box = {
      x: x + left + (width * (1 - faceShare)) / 2,
      y: y + (height * (1 - faceShare)) / 2,
      width: width * faceShare,
      height: height * faceShare,
    };
    return [{ label, box }];
  }

  #pixels(path: string): Promise<RgbImage> {
    const known = this.#cache.get(path);
    if (known !== undefined) return known;
    const decoded = decodePixels(path);
    if (this.#cached < cacheBytes) {
      this.#cache.set(path, decoded);
      void decoded.then(
        ({ data }) => (this.#cached += data.length),
        () => this.#cache.delete(path),
      );
    }
    return decoded;
  }
}
