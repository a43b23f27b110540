import { expect } from 'chai';
import { configSchema } from '../../../server/config/schema.js';
import { noticeOf } from '../../../server/history/kept-days.js';

const noticeFor = (config: object) => noticeOf(configSchema.parse(config));

describe('the notice', () => {
  it('speaks of no pictures and no cameras that only count by default', () => {
    const notice = noticeFor({});
    expect(notice.countsOnly).to.equal('none');
    expect(notice).not.to.have.property('pictures');
  });

  it('says how long pictures are kept, and whether faces are hidden', () => {
    expect(noticeFor({ evidence: { enabled: true } }).pictures).to.deep.equal({
      hours: 24,
      facesHidden: true,
    });
    expect(noticeFor({ evidence: { enabled: true, blur: false, keepHours: 2 } }).pictures).to.deep.equal({
      ...{ hours: 2, facesHidden: false },
    });
  });

  it('says that cameras only count, and then speaks of no pictures', () => {
    expect(noticeFor({ privacy: { countsOnlyCameras: ['door'] } }).countsOnly).to.equal('some');
    const all = noticeFor({ privacy: { countsOnly: true }, evidence: { enabled: true } });
    expect(all.countsOnly).to.equal('all');
    expect(all).not.to.have.property('pictures');
  });
});
