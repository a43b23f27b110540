import type { Detector } from '../../../models/detector.js';
import type { RgbImage } from '../../../models/image.js';
import { labelFacePictures, labelFaces } from '../../../models/label-faces.js';
import type { MaskClassifier } from '../../../models/mask-classifier.js';
import { PictureError, decodePicture } from '../../../models/picture.js';
import type { ListedFile } from './list-files.js';
import { VideoError, isVideo, videoFrames } from '../../replay/video-frames.js';
import type { ResultLine } from './result-line.js';
import { resultFace } from './result-line.js';

/** What labels faces; without a detector every picture is taken to be a face. */
export interface FaceModels {
  readonly detector?: Detector;
  readonly classifier: MaskClassifier;
}

/** Pictures labelled together; as many again are decoded meanwhile. */
const batchSize = 4;

/**
 * Labels the faces of pictures and videos, in order: one line a picture, one a frame. Files that are neither become error
 * lines.
 */
export async function* classifyFiles(
  files: AsyncIterable<ListedFile>,
  models: FaceModels,
): AsyncGenerator<ResultLine> {
  // While one batch is labelled, sharp's own threads decode the next.
  let ready: Promise<Decoded[]> = Promise.resolve([]);
  let next: Promise<Decoded>[] = [];
  for await (const file of files) {
    if (isVideo(file.path)) {
      yield* await labelBatch(await ready, models);
      yield* await labelBatch(await Promise.all(next), models);
      ready = Promise.resolve([]);
      next = [];
      yield* classifyVideo(file, models);
      continue;
    }
    next.push(decode(file));
    if (next.length < batchSize) continue;
    const batch = await ready;
    ready = Promise.all(next);
    next = [];
    yield* await labelBatch(batch, models);
  }
  yield* await labelBatch(await ready, models);
  yield* await labelBatch(await Promise.all(next), models);
}

/** One line a frame; an error line at the end where the video cannot be read to its end. */
async function* classifyVideo(
  { path, label: file }: ListedFile,
  models: FaceModels,
): AsyncGenerator<ResultLine> {
  let frame = 0;
  try {
    for await (const image of videoFrames(path)) {
      yield* await labelBatch([{ file, image, frame }], models);
      frame++;
    }
  } catch (error) {
    if (!(error instanceof VideoError)) throw error;
    yield { file, error: { code: error.code, message: error.message } };
  }
}

type Decoded = { readonly file: string; readonly frame?: number } & (
  { readonly image: RgbImage } | { readonly error: PictureError }
);

async function decode({ path, label: file }: ListedFile): Promise<Decoded> {
  try {
    return { file, image: await decodePicture(path) };
  } catch (error) {
    if (error instanceof PictureError) return { file, error };
    throw error;
  }
}

async function labelBatch(batch: readonly Decoded[], models: FaceModels): Promise<ResultLine[]> {
  const images = batch.flatMap((entry) => ('image' in entry ? [entry.image] : []));
  const labelled = (await labelImages(images, models)).values();
  return batch.map((entry) => {
    if ('error' in entry) {
      const { code, message } = entry.error;
      return { file: entry.file, error: { code, message } };
    }
    const { width, height } = entry.image;
    const { file, frame } = entry;
    const faces = (labelled.next().value ?? []).map(resultFace);
    return { file, ...(frame === undefined ? {} : { frame }), width, height, faces };
  });
}

function labelImages(
  images: readonly RgbImage[],
  { detector, classifier }: FaceModels,
): ReturnType<typeof labelFaces> {
  if (images.length === 0) return Promise.resolve([]);
  return detector === undefined
    ? labelFacePictures(classifier, images)
    : labelFaces(detector, classifier, images);
}
