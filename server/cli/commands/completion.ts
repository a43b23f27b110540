import { Argument, Command } from 'commander';
import { completionScript, type Shell, shells } from '../completion-script.js';

/** `maskwatch completion`: a script that lets a shell complete commands and options. */
export function completionCommand(others: () => Promise<readonly Command[]>): Command {
  return new Command('completion')
    .description('print a script for the completion of commands and options')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  maskwatch completion bash > /etc/bash_completion.d/maskwatch\n' +
        '  maskwatch completion zsh > ~/.zfunc/_maskwatch\n' +
        '  maskwatch completion fish > ~/.config/fish/completions/maskwatch.fish\n',
    )
    .action(async (shell: Shell) => {
      process.stdout.write(completionScript(shell, await others()));
    });
}
