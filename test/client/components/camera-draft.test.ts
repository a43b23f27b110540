import { expect } from 'chai';
import {
  changesOf,
  draftOf,
  inputOf,
  isRtsp,
  mayEnd,
  wrongField,
} from '../../../client/src/components/camera-draft.js';
import { camera } from '../state/views.js';

describe('The camera form', () => {
  const draft = { ...draftOf(undefined), name: ' Door ', url: ' rtsp://10.0.0.9/s ' };

  it('sends what the kind of address needs and no more', () => {
    expect(inputOf(draft)).to.deep.equal({
      name: 'Door',
      url: 'rtsp://10.0.0.9/s',
      fps: 10,
      enabled: true,
      transport: 'tcp',
    });
    expect(inputOf({ ...draft, url: 'clip.mp4' })).to.deep.include({ url: 'clip.mp4', loop: true });
  });

  it('knows addresses with a transport from addresses with an end', () => {
    expect([isRtsp('RTSPS://x'), isRtsp('http://x'), mayEnd('clip.mp4'), mayEnd('webcam:')]).to.deep.equal([
      true,
      false,
      true,
      false,
    ]);
  });

  it('sends which certificate is taken over TLS, and takes it back', () => {
    const pinned = { ...draft, url: 'rtsps://10.0.0.9/s', certificate: ' sha256:00 ' };
    expect(inputOf(pinned)).to.include({ certificate: 'sha256:00' });
    expect(inputOf({ ...pinned, url: 'rtsp://10.0.0.9/s' })).not.to.have.property('certificate');
    const known = { ...camera('door'), certificate: 'any' };
    expect(changesOf({ ...draftOf(known), certificate: '' }, known)).to.deep.equal({ certificate: '' });
  });

  it('names the field that cannot be right', () => {
    expect(wrongField(draft, true)).to.equal(undefined);
    expect(wrongField({ ...draft, name: ' ' }, true)).to.equal('name');
    expect(wrongField({ ...draft, url: '' }, true)).to.equal('url');
    expect(wrongField({ ...draft, url: '' }, false)).to.equal(undefined);
    for (const fps of ['', '0', '31', 'x']) expect(wrongField({ ...draft, fps }, true), fps).to.equal('fps');
  });

  it('sends only what was changed, and keeps the address when none is typed', () => {
    const known = camera('door');
    expect(changesOf(draftOf(known), known)).to.deep.equal({});
    expect(changesOf({ ...draftOf(known), name: 'Gate', enabled: false }, known)).to.deep.equal({
      name: 'Gate',
      enabled: false,
    });
  });
});
