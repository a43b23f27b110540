import { expect } from 'chai';
import { selfTimes } from '../../bench/measure/self-times.js';
import { plotSvg } from '../../bench/report/line-plot.js';
import { above, atLeast, atMost, notMeasured, reachedText } from '../../bench/report/target.js';

describe('reports of benchmarks', () => {
  it('say of each target whether it was met', () => {
    expect(atMost('wait', 20, 20, 'ms')).to.deep.equal({
      id: 'wait',
      target: 'at most 20 ms',
      reached: 20,
      pass: true,
    });
    expect(atLeast('rate', 20, 19.9, 'fps').pass).to.equal(false);
    expect(above('better', 0.5, 0.5, 'of the other').pass).to.equal(false);
    const unknown = notMeasured('rate', 'at least 20 fps');
    expect([unknown.pass, reachedText(unknown)]).to.deep.equal([false, 'not measured']);
  });

  it('draw every point and the line through them', () => {
    const svg = plotSvg({
      title: 'a < b',
      x: 'n',
      y: 'ms',
      series: [
        {
          name: 'cost',
          points: [
            [0, 1],
            [10, 21],
          ],
          line: { intercept: 1, slope: 2 },
        },
      ],
    });
    expect(svg.match(/<circle/g)).to.have.length(2);
    expect(svg).to.contain('stroke-dasharray').and.contain('a &lt; b').and.not.contain('NaN');
  });

  it('name the functions in which a thread spent most of its time', () => {
    const frame = (functionName: string, url = '') => ({
      functionName,
      scriptId: '1',
      url,
      lineNumber: 6,
      columnNumber: 0,
    });
    const { rows } = selfTimes({
      nodes: [
        { id: 1, callFrame: frame('(idle)') },
        { id: 2, callFrame: frame('send', 'file:///a/b.js') },
      ],
      startTime: 0,
      endTime: 1,
      samples: [1, 2, 2, 2],
    });
    expect(rows).to.deep.equal([
      ['send b.js:7', '75.0 %'],
      ['(idle)', '25.0 %'],
    ]);
  });
});
