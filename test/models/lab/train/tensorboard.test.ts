import { expect } from 'chai';
import { crc32c, eventFile } from '../../../../models/lab/train/tensorboard.js';

describe('crc32c', () => {
  it('gives the values of RFC 3720, appendix B.4', () => {
    expect(crc32c(new Uint8Array(32))).to.equal(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).to.equal(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).to.equal(0x46dd794e);
  });
});

describe('eventFile', () => {
  it('is a row of records, the version first, then one an epoch with its scalars', () => {
    const epoch = {
      loss: 0.5,
      accuracy: 0.75,
      validationLoss: 1,
      validationAccuracy: 0.5,
      validationMacroRecall: 0.25,
    };
    const file = Buffer.from(
      eventFile(
        [1, 2].map((n) => ({ epoch: n, ...epoch })),
        1e9,
      ),
    );
    const records: Buffer[] = [];
    for (let at = 0; at < file.length;) {
      const length = Number(file.readBigUInt64LE(at));
      records.push(file.subarray(at + 12, at + 12 + length));
      at += 16 + length;
    }
    expect(records).to.have.length(3);
    expect(records[0]?.readDoubleLE(1)).to.equal(1e9);
    expect(records[0]?.toString('latin1')).to.contain('brain.Event:2');
    expect(records[2]?.toString('latin1')).to.contain('validationMacroRecall');
    // Field 2, the step, follows the nine bytes of the time.
    expect([...(records[2]?.subarray(9, 11) ?? [])]).to.deep.equal([0x10, 2]);
  });
});
