import { expect } from 'chai';
import { withStartBitrate } from '../../../streams/webrtc/start-bitrate.js';

describe('withStartBitrate', () => {
  it('adds the hints to the parameters of the codec', () => {
    const answer =
      'm=video 9 UDP/TLS/RTP/SAVPF 108\r\na=rtpmap:108 H264/90000\r\na=fmtp:108 packetization-mode=1\r\n';
    expect(withStartBitrate(answer, 108, 2_500_000)).to.contain(
      '\r\na=fmtp:108 x-google-start-bitrate=2000;x-google-max-bitrate=2500;packetization-mode=1\r\n',
    );
  });

  it('makes parameters where the codec has none', () => {
    const answer = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\na=mid:0\r\n';
    expect(withStartBitrate(answer, 96, 1_000_000)).to.equal(
      'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n' +
        'a=fmtp:96 x-google-start-bitrate=800;x-google-max-bitrate=1000\r\na=mid:0\r\n',
    );
  });
});
