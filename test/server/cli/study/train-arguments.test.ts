import { expect } from 'chai';
import { StudyError } from '../../../../models/lab/study/study-file.js';
import type { Setting } from '../../../../models/lab/study/study-file.js';
import { trainCommand } from '../../../../server/cli/commands/train.js';
import { trainArguments } from '../../../../server/cli/study/train-arguments.js';

describe('trainArguments', () => {
  it('writes options of every kind as the command takes them', () => {
    const settings = {
      data: 'faces',
      rate: 1e-3,
      augmentation: false,
      without: ['a', 'b'],
      'output-bias': '0,0,-0.7',
    };
    const args = trainArguments(trainCommand(), settings);
    expect(args).to.deep.equal([
      '--data=faces',
      '--rate=0.001',
      '--no-augmentation',
      '--without=a',
      '--without=b',
      '--output-bias=0,0,-0.7',
    ]);
    const parsed = trainCommand().parseOptions(args);
    expect([parsed.operands, parsed.unknown]).to.deep.equal([[], []]);
    expect(trainArguments(trainCommand(), { augmentation: true })).to.deep.equal([]);
  });

  it('refuses what is no option, what the study sets itself, and values of the wrong kind', () => {
    const wrong: readonly (readonly [string, Setting, string])[] = [
      ['epocs', 3, 'no such option'],
      ['out', 'x', 'sets it itself'],
      ['rate', true, 'must have a value'],
      ['augmentation', 'no', 'must be true or false'],
    ];
    for (const [name, value, words] of wrong) {
      expect(() => trainArguments(trainCommand(), { [name]: value })).to.throw(StudyError, words);
    }
  });
});
