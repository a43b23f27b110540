import { stringify } from 'yaml';
import { z } from 'zod';
import { type ConfigKey, configKeys, describe } from './config-keys.js';
import { shapeOf } from './schema.js';

const header = `# Maskwatch configuration. Every key is shown with its default; all of them may be left out.
# Copy this file to config.yaml (or name another one with --config or MASKWATCH_CONFIG), or run: maskwatch init
# Environment variables win over this file: MASKWATCH_SERVER_PORT=9000 sets server.port,
# MASKWATCH_SERVER_PORT_FILE=/run/secrets/port reads the value from a file, MASKWATCH_CAMERAS_0_URL is that of the first camera.
# What is marked (live) is taken up while the server runs; the rest needs a restart.
`;

/** Better examples than the schema can give, by the name of the key. */
const examples: Readonly<Record<string, string>> = {
  id: 'door',
  name: 'Front door',
  url: 'rtsp://192.168.1.20/stream1',
  urls: "['turn:turn.example.org']",
  username: 'site',
  credential: 'secret',
  portRange: '[50000, 50100]',
  certFile: '/etc/maskwatch/cert.pem',
  keyFile: '/etc/maskwatch/key.pem',
  fps: '10',
  minScore: '0.3',
};

/** The configuration file with every key, its default and what it is for. */
export function exampleConfig(): string {
  const lines: string[] = [header];
  let section = '';
  for (const key of configKeys()) {
    const [top = ''] = key.path;
    const depth = key.path.length - 1;
    if (top !== section && lines.length > 1) lines.push('');
    if (depth > 0 && top !== section) lines.push(`${top}:`);
    section = top;
    lines.push(...entryOf(key, '  '.repeat(depth)));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The reference of all keys as a page of Markdown. */
export function configReference(): string {
  const rows = configKeys().flatMap(({ key, path, schema, description, preset, live }) => {
    const taken = live ? 'yes' : 'restart';
    const shown = preset === undefined ? '' : `\`${JSON.stringify(preset)}\``;
    const parts = Object.entries(shapeOf(path) ?? {});
    // A section is set by its parts.
    const variable = parts.length > 0 ? '' : variableOf(key);
    return [
      [`\`${key}\``, ruleOf(schema), shown, variable, taken, description],
      ...parts.map(([name, part]) => {
        const inner = `${key}.${name}`;
        return [`\`${inner}\``, ruleOf(part), '', variableOf(inner), taken, describe(part)];
      }),
    ];
  });
  const inner = configKeys().flatMap(({ key, path }) =>
    Object.entries(shapeOf([...path, 0]) ?? {}).map(([name, schema]) => [
      `\`${key}[].${name}\``,
      ruleOf(schema),
      '',
      '',
      '',
      describe(schema),
    ]),
  );
  const table = [['key', 'value', 'default', 'variable', 'live', 'what it is for'], ...rows, ...inner]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`)
    .map((line, index) => (index === 0 ? `${line}\n| --- | --- | --- | --- | --- | --- |` : line));
  return `${referenceHeader}\n${table.join('\n')}\n`;
}

function variableOf(key: string): string {
  return `\`MASKWATCH_${key.replaceAll('.', '_').toUpperCase()}\``;
}

const referenceHeader = `# Configure Maskwatch

1. \`maskwatch init\` writes \`config.yaml\` with every key explained.
2. \`maskwatch config check\` says what is wrong with it, by line and key.
3. Save it: a running server takes up what is marked live below, and says what waits for a restart. A file that is not valid
   changes nothing. \`kill -HUP\` has it read at once.

Defaults < file < environment < flags of \`serve\`. \`NAME_FILE\` reads the value of \`NAME\` from a file, for secrets. The first camera's
address is \`MASKWATCH_CAMERAS_0_URL\`. A running server gives the JSON Schema at \`/api/config/schema.json\`; \`maskwatch config schema\`
prints it.

Passwords: write them into the file (mode 0600, owned by the user of the server) or a variable ending in \`_FILE\`, never into a command line. Those of cameras that the
dashboard adds are kept sealed in the database; the key is \`secret.key\` in the data folder, or \`MASKWATCH_SECRET_KEY_FILE\`, or the systemd
credential \`maskwatch-secret-key\`.

The settings page of the dashboard writes the same file, where the server may write its folder; where it may not, the page says so.

This page is made from the schema: \`maskwatch config reference\`.
`;

function entryOf({ schema, description, preset, live, path }: ConfigKey, indent: string): string[] {
  const name = path.at(-1) ?? '';
  const about = description === '' ? ruleOf(schema) : description;
  const comment = `${indent}# ${about}${live ? ' (live)' : ''}.`;
  const fields = Object.entries(shapeOf([...path, 0]) ?? shapeOf(path) ?? {});
  const list = shapeOf([...path, 0]) !== undefined;
  const nested = fields.map(
    ([field, inner], index) =>
      `${indent}# ${list ? (index === 0 ? '- ' : '  ') : '  '}${field}: ${exampleOf(inner, field)}${aboutOf(inner)}`,
  );
  if (preset === undefined) {
    return nested.length > 0
      ? [comment, `${indent}# ${name}:`, ...nested]
      : [comment, `${indent}# ${name}: ${exampleOf(schema, name)}`];
  }
  return [
    comment,
    ...nested,
    `${indent}${name}: ${stringify(preset, { collectionStyle: 'flow', lineWidth: 0 }).trim()}`,
  ];
}

function aboutOf(schema: z.ZodType): string {
  const about = describe(schema);
  return about === '' ? '' : ` # ${about}`;
}

/** The rule of a value in a few words. */
function ruleOf(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return wordsOf(json);
}

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: unknown;
}

function wordsOf({ type, enum: values, minimum, maximum, anyOf }: JsonSchema): string {
  if (values !== undefined) return values.join(', ');
  if (anyOf !== undefined) return anyOf.map(wordsOf).join(' or ');
  const bounded = minimum !== undefined && maximum !== undefined && Math.abs(maximum) < 2 ** 52;
  const words: Readonly<Record<string, string>> = {
    integer: 'whole number',
    string: 'text',
    array: 'list',
    object: 'section',
    boolean: 'true or false',
  };
  const word = words[type ?? ''] ?? type ?? 'any';
  return bounded ? `${word}, ${minimum} to ${maximum}` : word;
}

/** A value that fits, for keys that have no default. */
function exampleOf(schema: z.ZodType, name: string): string {
  const known = examples[name];
  if (known !== undefined) return known;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  if (json.enum !== undefined) return String(json.enum[0]);
  if (json.type === 'boolean') return 'true';
  if (json.type === 'array') return '[]';
  if (json.type === 'object') return '{}';
  if (json.type === 'integer' || json.type === 'number') return String(json.minimum ?? 1);
  return "''";
}
