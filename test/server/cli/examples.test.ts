import type { Command } from 'commander';
import { expect } from 'chai';
import { commandTable } from '../../../server/cli/command-table.js';
import { withExamples } from '../../../server/cli/examples.js';

/** Its help as a terminal shows it. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

/** Long names of the options of a command and of those below it. */
function optionsOf(command: Command): string[] {
  return [
    ...command.options.flatMap(({ long }) => (typeof long === 'string' ? [long] : [])),
    ...command.commands.flatMap((inner) => optionsOf(inner)),
  ];
}

describe('the help of every command', function () {
  this.timeout(60_000);

  it('ends with examples, of this very command, with options that there are', async () => {
    for (const [name, factory] of Object.entries(commandTable)) {
      const command = withExamples(await factory());
      const [, after = ''] = helpOf(command).split(/^Examples?:$/m);
      const lines = after.split('\n').filter((line) => line.includes('maskwatch '));
      expect(lines, name).not.to.deep.equal([]);
      const known = optionsOf(command);
      for (const line of lines) {
        expect(line).to.match(new RegExp(`^ {2}(?:.* )?maskwatch ${name}(?: |$)`));
        const used = line.match(/(?<= )--[a-z-]+/g) ?? [];
        expect(
          used.filter((option) => !known.includes(option)),
          line,
        ).to.deep.equal([]);
      }
    }
  });
});
