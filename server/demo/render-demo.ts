import { composeFrame } from './compose-frame.js';
import { demoScene } from './demo-scene.js';
import { encodeClip, h264Options } from './encode-clip.js';

// Run by set-up: `node dist/server/demo/render-demo.js OUTPUT.mp4`. It takes some seconds of one core, which is why
// the server never does it itself.

const width = 960;
const height = 540;
const fps = 20;
const seconds = 28;

async function render(output: string): Promise<void> {
  const scene = await demoScene(width, height);
  const frames = function* (): Generator<Buffer> {
    const count = fps * seconds;
    for (let index = 0; index < count; index += 1) {
      const share = index / count;
      yield composeFrame(scene.panorama, scene.offset(share), width, height, scene.placements(share));
    }
  };
  await encodeClip(frames(), { width, height, fps, outputOptions: h264Options(fps) }, output);
}

const output = process.argv[2];
if (output === undefined) {
  process.stderr.write('usage: node render-demo.js OUTPUT.mp4\n');
  process.exitCode = 2;
} else {
  await render(output);
}
