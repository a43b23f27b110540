import { expect } from 'chai';
import { toCsv } from '../../../server/history/csv.js';

describe('CSV', () => {
  it('quotes what needs quotes and leaves nothing empty cells', () => {
    expect(
      toCsv(
        ['a', 'b "c"'],
        [
          ['x, y', null],
          [1.5, 'line\nbreak'],
        ],
      ),
    ).to.equal('a,"b ""c"""\r\n"x, y",\r\n1.5,"line\nbreak"\r\n');
  });

  it('disarms text that a spreadsheet would run, and leaves numbers alone', () => {
    expect(toCsv(['n'], [['=cmd()'], ['@x'], ['+1'], ['-2'], [-2]])).to.equal(
      "n\r\n'=cmd()\r\n'@x\r\n'+1\r\n'-2\r\n-2\r\n",
    );
  });
});
