import { readFile } from 'node:fs/promises';
import type { AccessUnit } from '../../../streams/access-unit.js';
import { joinAnnexB, nalType, splitAnnexB, typeOfNal } from '../../../streams/rtp/h264-nal.js';
import { faceClip } from '../../helpers/media.js';

/** Size of the picture of `faceUnits`, in pixels. */
export const pictureSize = { width: 640, height: 360 };

/** Frames a second of `faceUnits`. */
export const pictureFps = 15;

/** Two seconds of three people as access units, timestamps from 0, a keyframe a second. */
export async function faceUnits(): Promise<AccessUnit[]> {
  const path = await faceClip({ seconds: 2, fps: pictureFps, ending: '.h264', ...pictureSize });
  const pictures: { nals: Buffer[]; keyframe: boolean; whole: boolean }[] = [];
  for (const nal of splitAnnexB(await readFile(path))) {
    const isSlice = typeOfNal(nal) === nalType.idr || typeOfNal(nal) === 1;
    // A slice that begins with macroblock 0 (first bit set) begins a picture, after what parameter sets precede it.
    const begins = isSlice && ((nal[1] ?? 0) & 0x80) !== 0;
    const last = pictures.at(-1);
    if (last === undefined || (last.whole && (begins || !isSlice))) {
      pictures.push({ nals: [], keyframe: false, whole: false });
    }
    const picture = pictures.at(-1);
    if (picture === undefined) continue;
    picture.nals.push(nal);
    if (isSlice) picture.whole = true;
    if (typeOfNal(nal) === nalType.idr) picture.keyframe = true;
  }
  return pictures.map(({ nals, keyframe }, n) => ({
    rtpTimestamp: (n * 90_000) / pictureFps,
    extendedTimestamp: (n * 90_000) / pictureFps,
    keyframe,
    data: joinAnnexB(nals),
    capturedAtMs: 0,
    ...pictureSize,
  }));
}
