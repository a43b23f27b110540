import { expect } from 'chai';
import fc from 'fast-check';
import { parseRoute, pathOf } from '../../../client/src/router/route.js';

describe('Routes', () => {
  it('name the views', () => {
    expect(parseRoute('/')).to.deep.equal({ view: 'wall' });
    expect(parseRoute('/camera/door')).to.deep.equal({ view: 'camera', cameraId: 'door' });
    expect(parseRoute('/publish')).to.deep.equal({ view: 'publish' });
    expect(parseRoute('/publish/web/')).to.deep.equal({ view: 'publish', cameraId: 'web' });
    expect(parseRoute('/models')).to.deep.equal({ view: 'models' });
    expect(parseRoute('/board')).to.deep.equal({ view: 'board' });
    expect(parseRoute('/board/door')).to.deep.equal({ view: 'board', cameraId: 'door' });
    expect(parseRoute('/replay/c1')).to.deep.equal({ view: 'replay', replayId: 'c1' });
  });

  it('say so where nothing is', () => {
    for (const path of ['/camera', '/camera/a/b', '/nope', '/camera/%E0%A4%A', '/publish/%', '/models/x']) {
      expect(parseRoute(path)).to.deep.equal({ view: 'not-found', path });
    }
  });

  it('lead back to the view whose path they are, whatever the id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (cameraId) => {
        expect(parseRoute(pathOf({ view: 'camera', cameraId }))).to.deep.equal({ view: 'camera', cameraId });
      }),
    );
  });
});
