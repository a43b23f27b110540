import { expect } from 'chai';
import { clipType } from '../../../client/src/components/clip-type.js';
import { firstDraft, runOf } from '../../../client/src/components/run-draft.js';
import { boardFigures } from '../../../client/src/state/board-figures.js';
import { clipSeconds, runDifference } from '../../../client/src/state/run-difference.js';

describe('Runs of a clip', () => {
  it('differ from the first one by a sign and a size', () => {
    expect(runDifference(5, 3, String)).to.deep.equal({ direction: 'more', text: '+2' });
    expect(runDifference(0, 3, String)).to.deep.equal({ direction: 'less', text: '−3' });
    expect(runDifference(3, 3, String)).to.deep.equal({ direction: 'same', text: '' });
    expect(runDifference(null, 3, String)).to.equal(undefined);
    expect(runDifference(3, undefined, String)).to.equal(undefined);
  });

  it('ask for the detector’s own least score where none is typed', () => {
    expect(runOf(firstDraft('small'))).to.deep.equal({
      fps: 10,
      frameSide: 640,
      detector: 'maskwatch-h',
      classifier: 'small',
    });
    expect(runOf({ ...firstDraft('small'), minScore: '0.4' }).minScore).to.equal(0.4);
  });

  it('are of a clip whose type its name tells', () => {
    expect(clipType('Gate.MKV', '')).to.equal('video/x-matroska');
    expect(clipType('a.ts', 'text/vnd.trolltech.linguist')).to.equal('video/mp2t');
    expect(clipType('a.ogv', 'video/ogg')).to.equal('video/ogg');
    expect(clipType('clip', '')).to.equal('application/octet-stream');
  });

  it('write times of the clip in the reader’s numbers', () => {
    expect(clipSeconds(12_340, 'en')).to.equal('12.3');
    expect(clipSeconds(12_340, 'de')).to.equal('12,3');
    expect(clipSeconds(undefined, 'en')).to.equal('–');
  });
});

describe('The figures of the display board', () => {
  it('count the undecided as people, but not against compliance', () => {
    const now = { mask: 3, no_mask: 1, incorrect: 0, unknown: 2 };
    const nobody = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };
    expect(boardFigures(now, nobody)).to.deep.equal({
      complianceNow: 0.75,
      complianceToday: null,
      peopleNow: 6,
      peopleToday: 0,
      maskNow: 3,
      decidedNow: 4,
    });
  });
});
