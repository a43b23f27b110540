import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { RtcError } from '../../../streams/webrtc/rtc-error.js';
import { reduceOffer } from '../../../streams/webrtc/sdp-offer.js';

const chromium = readFileSync(new URL('chromium-offer.sdp', import.meta.url), 'utf8');

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof RtcError) return error.code;
    throw error;
  }
}

describe('reduceOffer', () => {
  it("takes the browser's first codec of those that are acceptable", () => {
    expect(reduceOffer(chromium, ['vp8', 'h264'])).to.include({ codec: 'vp8', payloadType: 96 });
  });

  it('takes of H.264 the constrained baseline profile in packetization mode 1', () => {
    expect(reduceOffer(chromium, ['h264'])).to.include({ codec: 'h264', payloadType: 108 });
  });

  it('leaves one codec, no retransmission stream and no congestion feedback that the server does not give', () => {
    const { sdp } = reduceOffer(chromium, ['h264']);
    expect(sdp).to.match(/^m=video \d+ UDP\/TLS\/RTP\/SAVPF 108\r$/m);
    expect(sdp.match(/^a=rtpmap:/gm)).to.have.length(1);
    expect(sdp).not.to.match(/transport-cc|rtx|ssrc-group|ccm fir/);
    expect(new Set(sdp.match(/^a=ssrc:\d+/gm))).to.have.property('size', 1);
    expect(sdp).to.match(/^a=rtcp-fb:108 nack pli\r$/m);
  });

  it('leaves out candidates that are host names or TCP', () => {
    const hidden = 'a=candidate:1 1 udp 2122194687 0b1c-a.local 5000 typ host\n';
    const { sdp } = reduceOffer(chromium.replace('a=ice-ufrag', `${hidden}a=ice-ufrag`), ['vp8']);
    const candidates = sdp.match(/^a=candidate:.*$/gm) ?? [];
    expect(candidates).to.have.length(4);
    expect(candidates.filter((line) => /local|tcp/.test(line))).to.deep.equal([]);
  });

  it('refuses what cannot be used, each with its code', () => {
    const video = chromium.slice(chromium.indexOf('m=video'));
    const candidate = 'a=candidate:1 1 udp 1 10.0.0.1 5000 typ host\n';
    const cases: readonly [string, string][] = [
      ['invalid-sdp', ''],
      ['invalid-sdp', '{"type":"offer"}'],
      ['invalid-sdp', chromium.replace(/^a=fingerprint.*\n/m, '')],
      ['invalid-sdp', chromium.replace(/^a=ice-pwd.*\n/m, '')],
      ['invalid-sdp', chromium.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
      ['invalid-sdp', chromium + candidate.repeat(40)],
      ['sdp-too-large', chromium + 'a=x\n'.repeat(20_000)],
      ['unsupported-media', chromium.slice(0, chromium.indexOf('m=video'))],
      ['unsupported-media', chromium + video],
      ['unsupported-media', `${chromium}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n`],
      ['unsupported-codec', chromium.replaceAll('packetization-mode=1', 'packetization-mode=0')],
    ];
    for (const [code, offer] of cases) expect(codeOf(() => reduceOffer(offer, ['h264']))).to.equal(code);
  });

  it('never throws anything but its own errors, whatever the lines are', () => {
    const lines = chromium.split('\n');
    const edit = fc.record({ at: fc.nat(lines.length), text: fc.string({ unit: 'binary', maxLength: 40 }) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 5 }), (edits) => {
        const edited = [...lines];
        for (const { at, text } of edits) edited[at] = (edited[at] ?? '').slice(0, 8) + text;
        codeOf(() => reduceOffer(edited.join('\n'), ['vp8', 'h264']));
      }),
    );
  });
});
