import { expect } from 'chai';
import fc from 'fast-check';
import { plainReason } from '../../../streams/ffmpeg/plain-reason.js';
import { redact, secretsOf, withoutCredentials } from '../../../streams/ffmpeg/redact.js';

describe('redaction', () => {
  it('takes out user and password of every address', () => {
    expect(redact('rtsp://admin:s3cret@cam/a: 401')).to.equal('rtsp://***@cam/a: 401');
    expect(redact('open "http://u:p%40ss@cam/x?user=bob&password=hunter2&w=640"')).to.equal(
      'open "http://***@cam/x?user=***&password=***&w=640"',
    );
    expect(redact('Authorization: Basic YWRtaW46czNjcmV0')).to.equal('Authorization: Basic ***');
  });

  it('takes out a password in any spelling, wherever it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z@:/#?&' "%]{6,20}$/), (password) => {
        const address = `rtsp://user:${encodeURIComponent(password)}@cam/stream`;
        const message = `[rtsp @ 0x1] ${address} failed for ${password} / ${encodeURIComponent(password)}`;
        const clean = redact(message, secretsOf(address));
        expect(clean).not.to.contain(password);
        expect(clean).not.to.contain(encodeURIComponent(password));
      }),
    );
  });

  it('shows addresses without credentials and query', () => {
    expect(withoutCredentials('rtsp://u:p@cam:554/a?token=x')).to.equal('rtsp://cam:554/a');
    expect(withoutCredentials('/videos/a@b.mp4')).to.equal('/videos/a@b.mp4');
  });
});

describe('plain reasons', () => {
  const cases = [
    ['[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized', '401 from camera'],
    ['[rtsp @ 0x1] method DESCRIBE failed: 404 Not Found', 'no such stream (404)'],
    ['Connection to tcp://127.0.0.1:1?timeout=0 failed: Connection refused', 'connection refused'],
    ['tcp://10.9.9.9:554: No route to host', 'no route to the camera'],
    ['[tcp @ 0x1] Failed to resolve hostname nohost: Name or service not known', 'unknown host name'],
    ['rtsp://u:p@cam/x: Something odd', 'rtsp://***@cam/x: Something odd'],
  ] as const;
  for (const [line, reason] of cases) {
    it(`says "${reason}"`, () => {
      expect(plainReason(['noise', line]).reason).to.equal(reason);
    });
  }
});
