import { expect } from 'chai';
import fc from 'fast-check';
import type { Pacing, VideoTreatment } from '../../../streams/ffmpeg/rtp-command.js';
import { rtpCommand } from '../../../streams/ffmpeg/rtp-command.js';
import type { MediaSource } from '../../../streams/ffmpeg/source-input.js';

const target = { rtpPort: 5004, rtcpPort: 5006 };
const marker = 'USERTEXT';
const typed = fc.string({ unit: 'grapheme' }).map((text) => `${marker}${text}${marker}`);
const source: fc.Arbitrary<MediaSource> = fc.oneof(
  fc.record({
    kind: fc.constant('rtsp' as const),
    url: typed.map((text) => `rtsp://${text}`),
  }),
  fc.record({ kind: fc.constant('http' as const), url: typed.map((text) => `http://${text}`) }),
  fc.record({ kind: fc.constant('file' as const), path: typed.map((text) => `/${text}`) }),
);
const pacing: fc.Arbitrary<Pacing> = fc.record({
  by: fc.constantFrom('live' as const, 'clock' as const, 'arrival' as const),
  loop: fc.boolean(),
});
const treatment: fc.Arbitrary<VideoTreatment> = fc.oneof(
  fc.constant<VideoTreatment>({ how: 'copy' }),
  fc.nat(240).map((fps): VideoTreatment => ({ how: 'transcode', fps, privacy: [] })),
);

describe('the command for a source', () => {
  it('holds typed text in the value of -i alone, and always limits protocols', () => {
    fc.assert(
      fc.property(source, pacing, treatment, (from, pace, how) => {
        const command = rtpCommand(from, pace, how, target);
        const options = [...command.inputOptions, ...command.outputOptions, command.output];
        expect(options.join(' ')).not.to.contain(marker);
        expect(command.inputOptions.slice(0, 2)).to.deep.equal(['-nostdin', '-hide_banner']);
        expect(command.inputOptions).to.include('-protocol_whitelist');
        expect(command.input.startsWith('-')).to.equal(false);
      }),
    );
  });

  it('quotes the path of a looping file so that it cannot end its line', () => {
    const path = `/it's "a" \\ file|x`;
    const command = rtpCommand({ kind: 'file', path }, { by: 'clock', loop: true }, { how: 'copy' }, target);
    expect(command.stdin?.split('\n').slice(0, 2)).to.deep.equal([
      'ffconcat version 1.0',
      String.raw`file 'file:/it'\''s "a" \ file|x'`,
    ]);
  });
});
