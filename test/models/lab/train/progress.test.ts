import { expect } from 'chai';
import { createProgress, duration, progressLine } from '../../../../models/lab/train/progress.js';

/** What is written to a terminal or a file while forty steps of 50 ms go by, and a word in between. */
function written(isTTY: boolean): string[] {
  const texts: string[] = [];
  let time = 1000;
  const sink = { isTTY, write: (text: string) => texts.push(text) };
  const progress = createProgress(sink, 40, 0, () => time);
  for (let step = 1; step <= 40; step++) {
    time += 50;
    progress.update(step, `loss ${step}`);
    if (step === 20) progress.say('half of it');
  }
  return texts;
}

describe('progressLine', () => {
  it('shows a bar, the share, the steps and the time left', () => {
    expect(progressLine(250, 1000, 0, 66_667)).to.equal(
      '[#####---------------]  25 % 250/1000, 3 min 20 s left',
    );
    expect(progressLine(1000, 1000, 0, 9000)).to.equal('[####################] 100 % 1000/1000, 0 s left');
  });

  it('reckons the time left by the steps of this run alone, and says none before the first', () => {
    // Half was done before; 100 steps took 10 s, and 400 are left.
    expect(progressLine(600, 1000, 500, 10_000)).to.match(/600\/1000, 40 s left$/);
    expect(progressLine(500, 1000, 500, 0)).to.match(/500\/1000$/);
  });

  it('tells seconds, minutes and hours', () => {
    const hour = 3600_000;
    expect([499, 45_000, 200_000, 2 * hour + 300_000].map(duration)).to.deep.equal([
      '0 s',
      '45 s',
      '3 min 20 s',
      '2 h 5 min',
    ]);
  });
});

describe('createProgress', () => {
  it('redraws one line in place on a terminal, at most ten times a second, and the last one surely', () => {
    const texts = written(true);
    const bars = texts.filter((text) => text.includes('/40'));
    for (const text of texts) expect(text.startsWith('\r\u001b[2K'), JSON.stringify(text)).to.equal(true);
    for (const text of bars) expect(text).not.to.contain('\n');
    // 2 s at a step in 50 ms: every second step is drawn.
    expect(bars).to.have.length.within(19, 22);
    expect(bars.at(-1)).to.contain('100 % 40/40').and.to.contain('loss 40');
    expect(texts).to.include('\r\u001b[2Khalf of it\n');
  });

  it('writes plain lines elsewhere, one for each twentieth', () => {
    const texts = written(false);
    for (const text of texts) {
      expect(text).not.to.contain('\r').and.not.to.contain('\u001b');
      expect(text.indexOf('\n')).to.equal(text.length - 1);
    }
    expect(texts).to.include('half of it\n');
    const bars = texts.filter((text) => text.includes('/40'));
    // The beginning, and twenty parts of two steps each.
    expect(bars).to.have.length(21);
    expect(bars[10]).to.equal('[##########----------]  50 % 20/40, 1 s left loss 20\n');
  });
});
