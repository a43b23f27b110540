import type { RgbImage } from '../../../models/image.js';
import { PictureError, decodePicture } from '../../../models/picture.js';
import type { AddressPolicy } from '../../addresses/address-policy.js';
import { VideoError, isVideo, videoFrames } from '../../replay/video-frames.js';
import { deviceFrames, deviceInput } from './device-frames.js';
import { fetchPicture } from './fetch-picture.js';
import { InputError } from './input-error.js';
import { labelBatch } from './label-batch.js';
import type { Decoded, FaceModels } from './label-batch.js';
import type { Input } from './list-inputs.js';
import type { ResultLine, ResultPicture } from './result-line.js';

/** What classifying needs beside the models. */
export interface ClassifyHooks {
  /** Which addresses may be called. */
  readonly policy: AddressPolicy;
  /** Ends videos and cameras after the frame under way, and begins nothing more. */
  readonly signal: AbortSignal;
  /** Shown each picture with its result. */
  readonly look: (result: ResultPicture, image: RgbImage) => Promise<unknown>;
  /** Told of each picture of a camera that came too fast. */
  readonly onSkipped: () => void;
}

/** Pictures labelled together; as many again are decoded meanwhile. */
const batchSize = 4;

/**
 * Labels the faces of pictures, videos and cameras, in order: one line a picture, one a frame. What is none of these becomes
 * an error line.
 */
export async function* classifyInputs(
  inputs: AsyncIterable<Input>,
  models: FaceModels,
  hooks: ClassifyHooks,
): AsyncGenerator<ResultLine> {
  const { signal } = hooks;
  const label = (batch: readonly Decoded[]): Promise<ResultLine[]> => labelBatch(batch, models, hooks.look);
  // While one batch is labelled, sharp's own threads decode the next.
  let ready: Promise<Decoded[]> = Promise.resolve([]);
  let next: Promise<Decoded>[] = [];
  for await (const input of inputs) {
    if (signal.aborted) break;
    if (input.kind === 'device' || (input.kind === 'file' && isVideo(input.path))) {
      yield* await label(await ready);
      yield* await label(await Promise.all(next));
      ready = Promise.resolve([]);
      next = [];
      yield* classifyFrames(input, label, hooks);
      continue;
    }
    next.push(decode(input, hooks.policy));
    if (next.length < batchSize) continue;
    const batch = await ready;
    ready = Promise.all(next);
    next = [];
    yield* await label(batch);
  }
  yield* await label(await ready);
  yield* await label(await Promise.all(next));
}

/** One line a frame; an error line at the end where the video or camera cannot be read to its end. */
async function* classifyFrames(
  { kind, path, label: file }: Input,
  label: (batch: readonly Decoded[]) => Promise<ResultLine[]>,
  { signal, onSkipped }: ClassifyHooks,
): AsyncGenerator<ResultLine> {
  let frame = 0;
  try {
    const frames = kind === 'device' ? deviceFrames(deviceInput(path), signal, onSkipped) : videoFrames(path);
    for await (const image of frames) {
      yield* await label([{ file, image, frame }]);
      frame++;
      if (signal.aborted) return;
    }
  } catch (error) {
    if (!(error instanceof VideoError || error instanceof InputError)) throw error;
    yield { file, error: { code: error.code, message: error.message } };
  }
}

async function decode({ kind, path, label: file }: Input, policy: AddressPolicy): Promise<Decoded> {
  try {
    return { file, image: await (kind === 'url' ? fetchPicture(path, policy) : decodePicture(path)) };
  } catch (error) {
    if (error instanceof PictureError || error instanceof InputError) return { file, error };
    throw error;
  }
}
