import type { Metadata } from 'sharp';
import sharp from 'sharp';
import type { RgbImage } from './image.js';

/** Why a file could not be turned into a picture. */
export type PictureErrorCode =
  /** It cannot be read. */
  | 'unreadable'
  /** It is no picture of a kind that is taken. */
  | 'not_an_image'
  /** It begins like a picture but is broken. */
  | 'damaged'
  /** It has too many pixels. */
  | 'too_large';

/** A file that could not be turned into a picture. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly code: PictureErrorCode;

  constructor(code: PictureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What is decoded; of animations the first frame. */
const formats = ['jpeg', 'png', 'webp', 'gif'];

/** Most pixels of a picture: 100 megapixels take 300 MB in memory. */
const maxPixels = 100e6;

/**
 * Decodes a picture: JPEG, PNG, WebP or GIF. Turned upright by its EXIF orientation, in sRGB, on white where transparent.
 *
 * @param source path of a file, or its bytes
 * @throws PictureError
 */
export async function decodePicture(source: string | Uint8Array): Promise<RgbImage> {
  if (source.length === 0) throw new PictureError('not_an_image', 'There is nothing in it');
  const image = sharp(source, { limitInputPixels: false, failOn: 'error', pages: 1 });
  let metadata: Metadata;
  try {
    metadata = await image.metadata();
  } catch (cause) {
    throw headerError(cause);
  }
  if (!formats.includes(metadata.format)) {
    throw new PictureError('not_an_image', `Pictures of format ${metadata.format} are not taken`);
  }
  if (metadata.width * metadata.height > maxPixels) {
    throw new PictureError(
      'too_large',
      `${metadata.width} x ${metadata.height} pixels are more than ${maxPixels / 1e6} million`,
    );
  }
  try {
    const { data, info } = await image
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (cause) {
    throw new PictureError('damaged', messageOf(cause), { cause });
  }
}

function headerError(cause: unknown): PictureError {
  const message = messageOf(cause);
  if (/missing|permission|is a directory|No such file/i.test(message)) {
    return new PictureError('unreadable', 'The file cannot be read', { cause });
  }
  if (/unsupported image format/i.test(message))
    return new PictureError('not_an_image', 'This is no picture', { cause });
  return new PictureError('damaged', message, { cause });
}

/** The first line of what sharp says, without the path that it may begin with. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}
