import { expect } from 'chai';
import { collectCamera } from '../../../server/cli/camera-flag.js';

describe('--camera', () => {
  it('splits at the first equals sign only', () => {
    expect(collectCamera('door=rtsp://h/?a=b', [])).to.deep.equal([{ id: 'door', url: 'rtsp://h/?a=b' }]);
  });

  it('keeps the cameras given before', () => {
    const one = collectCamera('a=x.mp4', []);
    expect(collectCamera('b=y.mp4', one).map(({ id }) => id)).to.deep.equal(['a', 'b']);
  });

  for (const bad of ['', 'door', '=x', 'door=', 'Front Door=x', `${'a'.repeat(41)}=x`]) {
    it(`refuses "${bad}" with the rule`, () => {
      expect(() => collectCamera(bad, [])).to.throw(/name/);
    });
  }

  it('refuses the same name twice', () => {
    expect(() => collectCamera('a=x', [{ id: 'a', url: 'y' }])).to.throw('given twice');
  });

  it('takes no password, which every user of the machine could read, and says what to do', () => {
    for (const address of [
      'rtsp://user:pw@10.0.0.5/1',
      'http://10.0.0.5/v?token=x',
      'rtsp://user:1/2@10.0.0.5/',
    ]) {
      expect(() => collectCamera(`door=${address}`, [])).to.throw('--camera-file door=<file>');
    }
  });
});
