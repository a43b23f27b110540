import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  abilityFinding,
  abilityKinds,
  type AbilityLists,
} from '../../../../server/cli/doctor/ability-finding.js';
import { type ClockReading, judgeClock, readClock } from '../../../../server/cli/doctor/clock-finding.js';
import { modelFinding } from '../../../../server/cli/doctor/model-finding.js';
import { packageRoot } from '../../../../server/package-root.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

describe('the doctor, looking at ffmpeg', () => {
  const lists = Object.fromEntries(
    abilityKinds.map((kind) => [kind, execFileSync('ffmpeg', ['-hide_banner', `-${kind}`]).toString()]),
  ) as AbilityLists;
  const without = (kind: keyof AbilityLists, word: RegExp): AbilityLists => ({
    ...lists,
    [kind]: lists[kind].replaceAll(word, 'gone'),
  });

  it('is content with a whole build', () => {
    expect(abilityFinding(lists)).to.include({ state: 'ok', remedy: '' });
  });

  it('names what a smaller build cannot do, and what for', () => {
    const vital = abilityFinding(without('encoders', /\blibx264\b/g));
    expect(vital.state).to.equal('missing');
    expect(vital.detail).to.include('libx264 (encoders').and.include('transcoded');
    expect(abilityFinding(without('demuxers', /\brtsp\b/g)).detail).to.include('RTSP cameras');
    expect(abilityFinding(without('protocols', /\btcp\b/g)).state).to.equal('missing');
    const useful = abilityFinding(without('decoders', /\bhevc\b/g));
    expect([useful.state, useful.detail.includes('H.265')]).to.deep.equal(['warning', true]);
  });
});

describe('the doctor, looking at models', () => {
  const folders = tempFolders();

  it('compares every file with the sha256 of its manifest, and names a damaged one', async () => {
    const shipped = folders.make();
    const installed = folders.make();
    cpSync(join(packageRoot(), 'models', 'weights', 'cnn-2conv'), join(shipped, 'cnn-2conv'), {
      recursive: true,
    });
    expect((await modelFinding(shipped, join(installed, 'none'))).state).to.equal('ok');
    cpSync(join(shipped, 'cnn-2conv'), join(installed, 'mine'), { recursive: true });
    const weights = join(installed, 'mine', 'weights.bin');
    const bytes = readFileSync(weights);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(weights, bytes);
    const found = await modelFinding(shipped, installed);
    expect(found).to.include({ state: 'failed', trouble: 'damaged' });
    expect(found.detail).to.match(/^mine\/weights\.bin is damaged/);
    expect(found.remedy).to.include(join(installed, 'mine'));
    writeFileSync(join(shipped, 'cnn-2conv', 'manifest.json'), '{');
    expect((await modelFinding(shipped, installed)).remedy).to.include('package');
    expect((await modelFinding(join(shipped, 'none'), installed)).state).to.equal('missing');
  });
});

describe('the doctor, looking at the clock', () => {
  const at = 1_700_000_000_000;
  const well: ClockReading = {
    drift: 3,
    file: { before: at, stamp: at - 900, after: at + 5 },
    newest: at - 1000,
    server: { says: at - 800, askedAt: at },
    synchronised: true,
    zone: 'Europe/Berlin',
  };

  it('is content while all that tells the time agrees', () => {
    expect(judgeClock(well)).to.include({ state: 'ok', detail: 'synchronised, time zone Europe/Berlin' });
    const alone = { ...well, newest: undefined, server: undefined, synchronised: undefined };
    expect(judgeClock(alone).state).to.equal('ok');
  });

  it('names what disagrees', () => {
    const detail = (change: Partial<ClockReading>): string => {
      const { state, detail: text, remedy } = judgeClock({ ...well, ...change });
      expect([state, remedy === '']).to.deep.equal(['warning', false]);
      return text;
    };
    expect(detail({ drift: -3_600_000 })).to.equal('jumped by -3600.0 s while it was looked at');
    expect(detail({ file: { before: at, stamp: at + 9005, after: at + 5 } })).to.equal(
      'the file system is 9.0 s off',
    );
    expect(detail({ file: { before: at, stamp: at - 9000, after: at + 5 } })).to.equal(
      'the file system is -9.0 s off',
    );
    expect(detail({ newest: at + 7_200_005 })).to.include('7200.0 s in the future: the clock went back');
    expect(detail({ server: { says: at + 60_000, askedAt: at } })).to.include(
      'the running server is 60.0 s off',
    );
    expect(detail({ synchronised: false })).to.include('nothing keeps it right');
  });

  it('reads the one of this machine', async () => {
    const read = await readClock();
    expect(
      judgeClock({ ...read, synchronised: undefined, drift: 0, newest: undefined, server: undefined }).state,
    ).to.equal('ok');
  });
});
