import sharp from 'sharp';
import { barcodePainterSource } from '../../test/helpers/barcode.js';
import { faceScene } from '../../test/helpers/face-scene.js';

const width = 640;
const height = 480;
const fps = 20;
const pictures = 20;

/**
 * A script for a page, to run before its own: gives it a webcam that shows two people, and on each picture, as a barcode, the
 * millisecond at which it was painted (of the epoch, modulo the barcode's numbers).
 */
export async function paintedWebcamScript(): Promise<string> {
  const scene = await faceScene(width, height, 2);
  const files = await Promise.all(
    Array.from({ length: pictures }, async (_, n) => {
      const raw = { width, height, channels: 3 } as const;
      const jpeg = await sharp(scene.frame(n / fps), { raw })
        .jpeg({ quality: 90 })
        .toBuffer();
      return jpeg.toString('base64');
    }),
  );
  return `navigator.mediaDevices.getUserMedia = async () => {
    const paintBarcode = ${barcodePainterSource};
    const files = ${JSON.stringify(files)};
    const pictures = await Promise.all(files.map((file) =>
      createImageBitmap(new Blob([Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0))]))));
    const canvas = document.createElement('canvas');
    canvas.width = ${width};
    canvas.height = ${height};
    const context = canvas.getContext('2d');
    let tick = 0;
    const paint = () => {
      // There and back again, so that nobody jumps.
      const step = tick++ % (2 * pictures.length - 2);
      context.drawImage(pictures[step < pictures.length ? step : 2 * pictures.length - 2 - step], 0, 0);
      paintBarcode(context, ${width}, ${height}, Math.round(performance.timeOrigin + performance.now()));
    };
    paint();
    setInterval(paint, ${1000 / fps});
    return canvas.captureStream(${fps});
  };`;
}
