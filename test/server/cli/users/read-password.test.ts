import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { NoPasswordError, readPassword } from '../../../../server/cli/users/read-password.js';

/** A terminal with somebody who types a line at each prompt, what was shown to him, and how the terminal was set. */
function terminal(...lines: string[]) {
  const shown: string[] = [];
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(raw: boolean) {
      modes.push(raw);
      return this as never;
    },
  });
  const output = {
    write: (text: string) => {
      shown.push(text);
      if (text.endsWith(': ')) for (const key of lines.shift() ?? '') input.write(key);
      return true;
    },
  };
  return { source: { input, output }, shown, modes };
}

describe('a password that is typed', () => {
  it('is asked for twice with the echo off, and never shown', async () => {
    const phrase = 'correct horsé';
    const { source, shown, modes } = terminal(`${phrase}x\u007f\r`, `${phrase}\r`);
    expect(await readPassword(source)).to.equal(phrase);
    expect(shown.join('')).to.equal('New password: \nThe same again: \n');
    expect(modes).to.deep.equal([true, false, true, false]);
  });

  it('must be the same twice', async () => {
    const { source } = terminal('one phrase\r', 'another phrase\r');
    expect(await readPassword(source).catch((error: unknown) => error))
      .to.be.instanceOf(NoPasswordError)
      .and.have.property('message', 'The two were not the same.');
  });

  it('is given up with Ctrl-C, and the terminal shows again what is typed', async () => {
    for (const key of ['\u0003', '\u0004']) {
      const { source, modes } = terminal(`half a phr${key}`);
      expect(await readPassword(source).catch((error: unknown) => error)).to.be.instanceOf(NoPasswordError);
      expect(modes).to.deep.equal([true, false]);
    }
  });
});
