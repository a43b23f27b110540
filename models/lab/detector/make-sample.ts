import type { Box } from '../../image.js';
import { createRandom, mixSeed, type Random } from '../random.js';
import { decodePixels, type Pixels, renderCrop } from './render-crop.js';
import { CropPlanner, facesInCrop } from './sample-plan.js';
import type { Scene } from './scene-list.js';

/** What training pictures are made of; small enough to hand to a worker. */
export interface SampleSources {
  readonly scenes: readonly Scene[];
  /** Face crops, cut with about 15 % margin, for mosaics: large faces, most of them bare. */
  readonly bareFaces: readonly string[];
  readonly maskedFaces: readonly string[];
  /** Share of mosaics, 0..1. */
  readonly mosaicShare: number;
  readonly seed: number;
}

/** A training picture: rgb24 and its faces. */
export interface DetectorSample {
  readonly pixels: Buffer;
  /** Faces labelled by hand, in pixels of the picture. */
  readonly faces: readonly Box[];
  /** Where faces should be (the middle of a crop): used only where the teacher agrees. */
  readonly likely: readonly Box[];
}

/** Decoded photographs are kept up to this many bytes. */
const cacheBytes = 3e9;
/** The share of a face crop's side that is face; the crops have about 15 % margin on each side. */
const faceShare = 0.76;

/** Makes training pictures; the picture of a (step, index) is always the same. */
export class SampleMaker {
  readonly #sources: SampleSources;
  readonly #planner: CropPlanner;
  readonly #cache = new Map<string, Promise<Pixels>>();
  #cached = 0;

  constructor(sources: SampleSources) {
    this.#sources = sources;
    this.#planner = new CropPlanner(sources.scenes);
  }

  async make(step: number, index: number, size: number): Promise<DetectorSample> {
    const random = createRandom(mixSeed(this.#sources.seed, step, index));
    if (random.uniform() < this.#sources.mosaicShare) return this.#mosaic(size, random);
    const plan = this.#planner.next(size, random);
    const pixels = await renderCrop(await this.#pixels(plan.scene.path), plan, size, random);
    return { pixels, faces: facesInCrop(plan, size), likely: [] };
  }

  /** One to four face crops of random sizes on a flat colour. */
  async #mosaic(size: number, random: Random): Promise<DetectorSample> {
    const pixels = Buffer.alloc(size * size * 3);
    const colour = [0, 1, 2].map(() => random.below(256));
    for (let at = 0; at < pixels.length; at++) pixels[at] = colour[at % 3] ?? 0;
    const cells = random.uniform() < 0.4 ? 1 : 2;
    const cell = Math.floor(size / cells);
    const likely: Box[] = [];
    for (let slot = 0; slot < cells * cells; slot++) {
      if (slot > 0 && random.uniform() < 0.25) continue;
      const list = random.uniform() < 0.65 ? this.#sources.bareFaces : this.#sources.maskedFaces;
      const path = list[random.below(list.length)];
      if (path === undefined) continue;
      const source = await this.#pixels(path);
      const side = Math.max(24, Math.round(cell * Math.exp(-random.uniform() * 1.5)));
      const scale = side / Math.max(source.width, source.height);
      const crop = { scale, left: 0, top: 0, mirrored: random.uniform() < 0.5 };
      const face = await renderCrop(source, crop, side, random);
      const left = (slot % cells) * cell + random.below(Math.max(1, cell - side));
      const top = Math.floor(slot / cells) * cell + random.below(Math.max(1, cell - side));
      for (let y = 0; y < side; y++)
        face.copy(pixels, ((top + y) * size + left) * 3, y * side * 3, (y + 1) * side * 3);
      const width = source.width * scale;
      const height = source.height * scale;
      const shift = crop.mirrored ? side - width : 0;
      likely.push({
        x: left + shift + (width * (1 - faceShare)) / 2,
        y: top + (height * (1 - faceShare)) / 2,
        width: width * faceShare,
        height: height * faceShare,
      });
    }
    return { pixels, faces: [], likely };
  }

  #pixels(path: string): Promise<Pixels> {
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
