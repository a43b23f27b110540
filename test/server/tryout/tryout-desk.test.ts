import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { childEnvironment, spawnCommand } from '../../../server/analysis/pool/spawn-command.js';
import type { ModelChoice } from '../../../server/tryout/messages.js';
import type { Zone } from '../../../server/http/zone-api.js';
import type { PeopleCounts } from '../../../server/realtime/events.js';
import { TryoutDesk } from '../../../server/tryout/tryout-desk.js';
import { TryoutError } from '../../../server/tryout/tryout-error.js';
import { maskStyles } from '../../helpers/face-scene.js';
import { faceClip, maskedPhoto } from '../../helpers/media.js';

const entry = resolve('server/tryout/process/main.ts');
const command = spawnCommand(entry, [], process.env.PATH ?? '');
const env = childEnvironment(process.env);
const models: ModelChoice = {
  detector: 'maskwatch-h',
  classifier: resolve(join('models', 'weights', 'mobilenet-v2-cut')),
};

describe('trying pictures and clips out', function () {
  this.timeout(120_000);
  let desk: TryoutDesk;
  beforeEach(() => {
    desk = new TryoutDesk({ command, env, patienceMs: 100_000 });
  });
  afterEach(() => desk.close());

  it('finds and labels the faces of a picture and gives the picture back as it was judged', async () => {
    const bytes = await readFile(await maskedPhoto('sample6.jpg', [maskStyles.mask]));
    const { faces, width, height, shown } = await desk.picture({ type: 'picture', models, bytes });
    expect(faces.map(({ label }) => label))
      .to.include('mask')
      .and.include('no_mask');
    for (const { probabilities, box } of faces) {
      const { mask, no_mask, incorrect } = probabilities;
      expect(mask + no_mask + incorrect).to.be.closeTo(1, 1e-3);
      expect(box.x + box.width / 2).to.be.within(0, width);
      expect(box.y + box.height / 2).to.be.within(0, height);
    }
    const { format, exif } = await sharp(shown).metadata();
    expect([format, exif]).to.deep.equal(['jpeg', undefined]);
  });

  it('counts the people of a clip, tells how far it is, and differs only by what was changed', async () => {
    const path = await faceClip();
    const progress: number[] = [];
    const zones = [zoneOf('all', 0, 1), zoneOf('edge', 0, 0.01)];
    const job = { type: 'clip', models, path, settings: { fps: 5, frameSide: 640 }, zones } as const;
    const first = await desk.clip(job, (atMs) => progress.push(atMs));
    expect(first.people).to.have.length(3);
    const inZones = first.zones.map((zone) => zone.kind === 'area' && peopleIn(zone.people));
    expect(inZones).to.deep.equal([3, 0]);
    expect(progress).to.have.length(first.frames);
    const again = await desk.clip(job, () => undefined);
    expect(again).to.deep.equal(first);
    const strict = await desk.clip({ ...job, models: { ...models, minScore: 0.99 } }, () => undefined);
    expect(strict.people.length).to.be.lessThan(3);
  });

  it('says why something is no picture, and goes on', async () => {
    const bad = desk.picture({ type: 'picture', models, bytes: Buffer.from('no picture') });
    const none = desk.picture({
      type: 'picture',
      models: { ...models, detector: 'eyes' },
      bytes: await dot(),
    });
    const good = desk.picture({ type: 'picture', models, bytes: await dot() });
    expect(await refusal(bad)).to.equal('not_an_image');
    expect(await refusal(none)).to.equal('failed');
    expect((await good).faces).to.deep.equal([]);
  });

  it('gives a process up that says nothing, and starts another one for the next', async () => {
    const silent = new TryoutDesk({ command: { program: 'sleep', args: ['60'] }, env, patienceMs: 200 });
    const first = silent.picture({ type: 'picture', models, bytes: await dot() });
    const second = silent.picture({ type: 'picture', models, bytes: await dot() });
    expect([await refusal(first), await refusal(second)]).to.deep.equal(['too-slow', 'too-slow']);
    await silent.close();
  });

  it('tells a crash as a crash, refuses when too many wait, and fails what waits when it closes', async () => {
    const crashing = new TryoutDesk({ command: { program: 'false', args: [] }, env });
    expect(await refusal(crashing.picture({ type: 'picture', models, bytes: await dot() }))).to.equal(
      'crashed',
    );
    await crashing.close();
    const stuck = new TryoutDesk({ command: { program: 'sleep', args: ['60'] }, env });
    const bytes = await dot();
    const jobs = Array.from({ length: 10 }, () => refusal(stuck.picture({ type: 'picture', models, bytes })));
    expect(await jobs[9]).to.equal('busy');
    await stuck.close();
    expect(await Promise.all(jobs.slice(0, 9))).to.deep.equal(Array.from({ length: 9 }, () => 'stopped'));
  });
});

/** A picture without faces. */
function dot(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof TryoutError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  return error.code;
}

/** An area from the left to the right share of the picture, over its whole height. */
function zoneOf(id: string, left: number, right: number): Zone {
  const points = [
    { x: left, y: 0 },
    { x: right, y: 0 },
    { x: right, y: 1 },
    { x: left, y: 1 },
  ];
  return { id, name: id, kind: 'area', anchor: 'centre', points };
}

function peopleIn({ mask, no_mask, incorrect, unknown }: PeopleCounts): number {
  return mask + no_mask + incorrect + unknown;
}
