import type { Command } from 'commander';

/** Shells that are known. */
export const shells = ['bash', 'zsh', 'fish'] as const;
/** One of them. */
export type Shell = (typeof shells)[number];

/** The script that completes commands, their subcommands and options, and file names elsewhere. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  const words = commands.map((command) => ({
    name: command.name(),
    about: command.description().replaceAll(/['":\\[\]]/g, ''),
    next: [
      ...command.commands.map((inner) => inner.name()),
      ...new Set(
        [command, ...command.commands].flatMap(({ options }) => options.map(({ long }) => long ?? '')),
      ),
    ].filter((word) => word !== ''),
  }));
  const names = words.map(({ name }) => name).join(' ');
  const cases = words.map(({ name, next }) => `      ${name}) words="${next.join(' ')}" ;;`).join('\n');
  switch (shell) {
    case 'bash':
      return `_maskwatch() {
  local words
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${names}"
  else
    case "\${COMP_WORDS[1]}" in
${cases}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _maskwatch maskwatch
`;
    case 'zsh':
      return `#compdef maskwatch
_maskwatch() {
  local words
  if (( CURRENT == 2 )); then
    _describe command '(${words.map(({ name, about }) => `"${name}:${about}"`).join(' ')})'
  else
    case "\${words[2]}" in
${words.map(({ name, next }) => `      ${name}) compadd -- ${next.join(' ')} ;;`).join('\n')}
    esac
    _files
  fi
}
_maskwatch "$@"
`.replace('  local words\n', '');
    case 'fish':
      return `${words
        .flatMap(({ name, about, next }) => [
          `complete -c maskwatch -n __fish_use_subcommand -f -a ${name} -d '${about}'`,
          ...next.map((word) =>
            word.startsWith('--')
              ? `complete -c maskwatch -n '__fish_seen_subcommand_from ${name}' -l ${word.slice(2)}`
              : `complete -c maskwatch -n '__fish_seen_subcommand_from ${name}' -f -a ${word}`,
          ),
        ])
        .join('\n')}\n`;
  }
}
