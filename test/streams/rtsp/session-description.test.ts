import { expect } from 'chai';
import fc from 'fast-check';
import { parseSessionDescription } from '../../../streams/rtsp/session-description.js';
import { pps, sps } from '../../helpers/h264-pictures.js';

const described = [
  'v=0',
  'a=control:rtsp://camera/all',
  'm=audio 0 RTP/AVP 0',
  'a=control:trackID=1',
  'm=video 0 RTP/AVP 26 98',
  'a=rtpmap:98 H264/90000',
  `a=fmtp:98 profile-level-id=640028;packetization-mode=1; sprop-parameter-sets=${sps.toString('base64')},${pps.toString('base64')}`,
  'a=framerate:12.5',
  'a=control:trackID=2',
  'm=application 0 RTP/AVP 107',
  'a=control:trackID=3',
];

describe('a session description', () => {
  it('tells the H.264 video of a camera, whatever stands around it', () => {
    expect(parseSessionDescription(described.join('\r\n'))).to.deep.equal({
      control: 'rtsp://camera/all',
      video: {
        control: 'trackID=2',
        payloadType: 98,
        packetizationMode: 1,
        parameterSets: [sps, pps],
        fps: 12.5,
      },
    });
  });

  it('has no video where there is none or it is no H.264', () => {
    expect(parseSessionDescription('v=0\na=control:*').video).to.equal(undefined);
    const hevc = described.map((line) => line.replace('H264', 'H265')).join('\n');
    expect(parseSessionDescription(hevc).video).to.equal(undefined);
  });

  it('never throws, whatever stands in it', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseSessionDescription(`m=video ${text}\n${text}`)));
    fc.assert(
      fc.property(fc.subarray(described), fc.string(), (lines, text) => {
        parseSessionDescription([...lines, text].join('\n'));
      }),
    );
  });
});
