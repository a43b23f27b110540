import sharp from 'sharp';
import type { RgbImage } from '../../../models/image.js';
import { labelFaces } from '../../../models/label-faces.js';
import { decodePicture, PictureError } from '../../../models/picture.js';
import { peopleSeen } from '../../replay/people-seen.js';
import { type ReplayedFrame, replayClip, type ReplayModels } from '../../replay/replay-clip.js';
import { zonesSeen } from '../../replay/zones-seen.js';
import { VideoError } from '../../replay/video-frames.js';
import type { TriedClip, TriedPicture, TryoutJob, TryoutNews } from '../messages.js';
import type { TryoutModels } from './tryout-models.js';

/** Long side in pixels of the picture that is sent back. */
const shownSide = 1600;
/** Clips longer than this are judged up to here: an hour would keep a core busy for long. */
const longestClipMs = 10 * 60_000;

/** Runs one job and tells its result; never rejects. */
export async function runJob(
  job: TryoutJob,
  models: TryoutModels,
  tell: (news: TryoutNews) => void,
): Promise<void> {
  try {
    if (job.type === 'picture') {
      // Decoded first: what is no picture costs no model.
      const picture = await decodePicture(job.bytes);
      const result = await tryPicture(picture, await models.get(job.models));
      tell({ type: 'picture', result });
    } else {
      const result = await tryClip(job, await models.get(job.models), tell);
      tell({ type: 'clip', result });
    }
  } catch (error) {
    const known = error instanceof PictureError || error instanceof VideoError;
    const message = error instanceof Error ? error.message : String(error);
    tell({ type: 'failed', code: known ? error.code : 'failed', message });
  }
}

async function tryPicture(picture: RgbImage, { detector, classifier }: ReplayModels): Promise<TriedPicture> {
  const startMs = performance.now();
  const [faces = []] = await labelFaces(detector, classifier, [picture]);
  const milliseconds = performance.now() - startMs;
  const { width, height, data } = picture;
  const shown = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: shownSide, height: shownSide, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer();
  return {
    width,
    height,
    milliseconds,
    shown,
    faces: faces.map(({ box, score, classification: { label, probabilities, reject } }) => ({
      box,
      score,
      label,
      probabilities,
      reject,
    })),
  };
}

async function tryClip(
  { path, settings, zones }: Extract<TryoutJob, { type: 'clip' }>,
  models: ReplayModels,
  tell: (news: TryoutNews) => void,
): Promise<TriedClip> {
  const seen: ReplayedFrame[] = [];
  for await (const frame of replayClip(path, models, settings)) {
    seen.push(frame);
    tell({ type: 'progress', atMs: frame.atMs });
    if (frame.atMs >= longestClipMs) break;
  }
  return {
    frames: seen.length,
    lengthMs: seen.at(-1)?.atMs ?? 0,
    people: peopleSeen(seen),
    zones: zonesSeen(seen, zones),
  };
}
