import { z } from 'zod';
import { type Caller, sees } from '../access/caller.js';
import { ConfigError } from '../config/config-error.js';
import { configJsonSchema, configKeys, valueAt } from '../config/config-keys.js';
import { withoutSecrets } from '../config/config-secrets.js';
import type { LiveConfig } from '../config/live-config.js';
import { UnwritableConfigError } from '../config/unwritable-config-error.js';
import type { ConfigView } from './config-api.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';

/** What the configuration's routes need of it. */
export type ConfigPort = Pick<LiveConfig, 'current' | 'file' | 'problems' | 'waiting' | 'originOf' | 'patch'>;

const settingSchema = z.strictObject({
  key: z.string().describe('Dotted, for example server.port'),
  value: z
    .unknown()
    .optional()
    .describe('In force, or waiting for a restart; *** for secrets; absent where there is none'),
  preset: z.unknown().optional().describe('The value where nothing is said'),
  origin: z.enum(['default', 'file', 'environment', 'flag']),
  live: z.boolean().describe('Whether a change takes effect without a restart'),
  description: z.string(),
});

const configViewSchema = z
  .strictObject({
    file: z.string().describe('Path of the file that changes are written to'),
    settings: z.array(settingSchema),
    waiting: z.array(z.string()).describe('Keys that were changed and wait for a restart'),
    problems: z
      .array(z.strictObject({ where: z.string(), key: z.string(), rule: z.string() }))
      .describe('Why the file as it is now is not in force; empty when it is'),
  })
  .meta({ id: 'ConfigView', description: 'The configuration, without secrets.' });

const patchSchema = z.record(z.string(), z.unknown()).meta({
  id: 'ConfigPatch',
  description:
    'A merge patch (RFC 7396): null takes a key out of the file, a list replaces the list, *** keeps a secret.',
});

/** The configuration: what is in force and why, changes that keep the file's comments, and its JSON Schema. */
export function configRoutes(config: ConfigPort): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/config',
      summary: 'The configuration, and where each value comes from',
      answer: { status: 200, body: configViewSchema },
      permission: 'operate',
      handle: ({ caller }) => ok(viewOf(config, caller)),
    }),
    route({
      method: 'patch',
      path: '/api/config',
      summary: 'Change the configuration file and take the change up',
      answer: { status: 200, body: configViewSchema },
      permission: 'admin',
      body: patchSchema,
      handle: async ({ body, caller }) => {
        try {
          await config.patch(body);
        } catch (error) {
          if (error instanceof UnwritableConfigError) throw new ProblemError(409, error.code, error.message);
          throw error instanceof ConfigError ? problemOf(error) : error;
        }
        return { ...ok(viewOf(config, caller)), subject: Object.keys(body).join(' ') };
      },
    }),
    route({
      method: 'get',
      path: '/api/config/schema.json',
      summary: 'The JSON Schema of the configuration file, for editors',
      answer: { status: 200, body: z.record(z.string(), z.unknown()) },
      permission: 'public',
      handle: () => ok(configJsonSchema()),
    }),
  ];
}

function viewOf(config: ConfigPort, caller: Caller): ConfigView {
  const { current, file, waiting, problems } = config;
  const shown = withoutSecrets(current);
  return {
    file,
    settings: configKeys().map(({ key, path, preset, live, description }) => ({
      key,
      value: seenBy(caller, key, valueAt(shown, path)),
      preset,
      origin: config.originOf(key),
      live,
      description,
    })),
    waiting: [...waiting],
    problems: problems.map(({ where, key, rule }) => ({ where, key, rule })),
  };
}

/** A setting without the cameras that do not exist for the caller. */
function seenBy(caller: Caller, key: string, value: unknown): unknown {
  if (caller.cameras === undefined || !Array.isArray(value)) return value;
  if (key === 'cameras') return value.filter((camera) => sees(caller, String(valueAt(camera, ['id']))));
  if (key === 'privacy.countsOnlyCameras') return value.filter((id) => sees(caller, String(id)));
  return value;
}

function problemOf({ problems }: ConfigError): ProblemError {
  const [first] = problems;
  const overruled = problems.every(({ where }) => where === 'environment' || where === 'flag');
  const detail = first === undefined ? 'The configuration is not valid.' : `${first.key}: ${first.rule}`;
  return new ProblemError(
    overruled ? 409 : 400,
    overruled ? 'set-elsewhere' : 'invalid-field',
    detail,
    problems.slice(0, 20).map(({ key, rule }) => ({ pointer: `/${key.replaceAll('.', '/')}`, detail: rule })),
  );
}
