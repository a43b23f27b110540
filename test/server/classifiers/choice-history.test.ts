import { expect } from 'chai';
import fc from 'fast-check';
import {
  activeOf,
  beforeOf,
  choose,
  type ChoiceHistory,
  formatHistory,
  parseHistory,
  rollBack,
} from '../../../server/classifiers/choice-history.js';

describe('the history of choices', () => {
  const first: ChoiceHistory = [{ name: 'first' }];

  it('goes back step by step, and never beyond its first choice', () => {
    const history = choose(choose(first, 'second', 1), 'third', 2);
    expect(activeOf(history)).to.deep.equal({ name: 'third', since: 2 });
    expect(beforeOf(history)?.name).to.equal('second');
    expect(activeOf(rollBack(history)).name).to.equal('second');
    expect(rollBack(rollBack(rollBack(history)))).to.deep.equal(first);
    expect(beforeOf(first)).to.equal(undefined);
  });

  it('stays bounded, and reads back as it was written', () => {
    const names = fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 60 });
    fc.assert(
      fc.property(names, (chosen) => {
        const history = chosen.reduce<ChoiceHistory>((all, name, n) => choose(all, name, n), first);
        expect(history.length).to.be.at.most(20);
        expect(activeOf(history).name).to.equal(chosen.at(-1) ?? 'first');
        expect(parseHistory(formatHistory(history))).to.deep.equal(history);
      }),
    );
  });

  it('is empty where what was stored cannot be understood', () => {
    for (const text of [undefined, '', 'null', '[]', '[{"name":""}]', '{"name":"a"}', '[1]']) {
      expect(parseHistory(text), text).to.equal(undefined);
    }
  });
});
