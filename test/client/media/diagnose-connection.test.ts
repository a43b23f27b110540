import { expect } from 'chai';
import { addressesOf, type ConnectionEvidence } from '../../../client/src/media/connection-evidence.js';
import { diagnose, stepUnderWay } from '../../../client/src/media/diagnose-connection.js';

const host = (address: string) => ({ address, kind: 'host' as const });
const begun: ConnectionEvidence = {
  direction: 'watch',
  secure: true,
  webRtc: true,
  pageHost: '192.168.1.5',
};
const offered: ConnectionEvidence = {
  ...begun,
  turn: false,
  local: [host('a1b2.local')],
  remote: [host('192.168.1.5')],
};
const silent = { found: false, sent: 40, answered: 0 };

/** What helps, with what the check found beside an offer that was taken. */
function remedies(more: Partial<ConnectionEvidence>): readonly string[] {
  return diagnose({ ...offered, ...more })?.remedies ?? [];
}

describe('The diagnosis of a connection', () => {
  it('reads the addresses of a session description, each once', () => {
    const sdp = [
      'v=0',
      'a=candidate:1 1 udp 2113937151 a1b2.local 5000 typ host generation 0',
      'a=candidate:1 2 udp 2113937150 a1b2.local 5001 typ host generation 0',
      'a=candidate:2 1 udp 1677729535 203.0.113.9 6000 typ srflx raddr 0.0.0.0 rport 0',
      'a=candidate:3 1 tcp 1518280447 a1b2.local 9 typ host tcptype active',
    ].join('\r\n');
    expect(addressesOf(sdp)).to.deep.equal([
      { address: 'a1b2.local', kind: 'host' },
      { address: '203.0.113.9', kind: 'srflx' },
    ]);
  });

  it('knows which step runs, and finds nothing wrong on the way', () => {
    const way: [ConnectionEvidence, string | undefined][] = [
      [begun, 'server'],
      [{ ...begun, turn: false }, 'candidates'],
      [offered, 'path'],
      [{ ...offered, path: { found: true, sent: 3, answered: 3 } }, 'handshake'],
      [{ ...offered, path: { found: true, sent: 3, answered: 3 }, encrypted: true }, 'video'],
      [
        {
          ...offered,
          path: { found: true, sent: 3, answered: 3 },
          encrypted: true,
          media: { packets: 9, frames: 2 },
        },
        undefined,
      ],
    ];
    for (const [evidence, step] of way) {
      expect([stepUnderWay(evidence), diagnose(evidence)]).to.deep.equal([step, undefined]);
    }
  });

  it('names what keeps a browser from beginning', () => {
    expect(diagnose({ ...begun, webRtc: false })?.remedies).to.deep.equal(['noWebRtc']);
    expect(diagnose({ ...begun, direction: 'send', secure: false })?.remedies).to.deep.equal(['insecure']);
    expect(diagnose({ ...begun, secure: false })).to.equal(undefined);
    expect(diagnose({ ...begun, turn: false, local: [] })?.remedies).to.deep.equal(['noCandidates']);
  });

  it('tells the refusals of the server apart', () => {
    const refused = (status: number, code: string) =>
      diagnose({ ...begun, turn: false, local: [host('x.local')], refusal: { status, code, message: 'm' } });
    expect(refused(0, 'unreachable')?.remedies).to.deep.equal(['unreachable']);
    expect(refused(403, 'forbidden')?.remedies).to.deep.equal(['signIn']);
    expect(refused(406, 'unsupported-codec')?.remedies).to.deep.equal(['codec']);
    expect(refused(409, 'no-video-yet')?.remedies).to.deep.equal(['noVideo']);
    expect(refused(409, 'no-webcam')?.remedies).to.deep.equal(['refused']);
    expect(refused(429, 'too-many-sessions')?.remedies).to.deep.equal(['full']);
    expect(refused(0, 'unreachable')?.failed).to.equal('offer');
    expect(
      diagnose({ ...begun, refusal: { status: 0, code: 'unreachable', message: 'm' } })?.failed,
    ).to.equal('server');
  });

  it('asks for hostAddresses where the server offers nothing that the browser can reach', () => {
    expect(remedies({ remote: [] })).to.deep.equal(['hostAddresses']);
    expect(remedies({ path: silent, remote: [host('127.0.0.1')] })).to.deep.equal([
      'hostAddresses',
      'udp',
      'turn',
    ]);
    expect(remedies({ path: silent, pageHost: '203.0.113.9', remote: [host('172.17.0.2')] })[0]).to.equal(
      'hostAddresses',
    );
    expect(remedies({ path: silent, pageHost: 'cams.example', remote: [host('127.0.0.1')] })[0]).to.equal(
      'hostAddresses',
    );
  });

  it('asks for UDP ports, then for TURN, where the addresses look right', () => {
    expect(remedies({ path: silent })).to.deep.equal(['udp', 'turn']);
    expect(remedies({ path: silent, turn: true })).to.deep.equal(['udp', 'turnFailed']);
    const relay = { address: '198.51.100.7', kind: 'relay' as const };
    expect(remedies({ path: silent, turn: true, local: [relay] })).to.deep.equal(['udp']);
  });

  it('tells a handshake, missing packets and pictures that cannot be decoded apart', () => {
    const path = { found: true, sent: 2, answered: 2 };
    expect(remedies({ path, encrypted: false })).to.deep.equal(['handshake']);
    expect(remedies({ path, encrypted: true, media: { packets: 0, frames: 0 } })[0]).to.equal('noPackets');
    expect(remedies({ path, encrypted: true, media: { packets: 8, frames: 0 } })).to.deep.equal([
      'notDecoded',
    ]);
  });
});
