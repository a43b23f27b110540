import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { CameraFieldError } from '../../../streams/camera/camera-field-error.js';
import { guardWarning } from '../../../streams/ffmpeg/guard-script.js';
import { ConfigError } from '../../config/config-error.js';
import { type Environment, readEnvironment } from '../../config/environment.js';
import { secretsIn } from '../../config/config-secrets.js';
import { LiveConfig } from '../../config/live-config.js';
import { lineForPeople } from '../../log/line-for-people.js';
import { createLogger, type LogLevel } from '../../log/logger.js';
import { type MaskwatchServer, startMaskwatch } from '../../maskwatch-server.js';
import { packageRoot, packageVersion } from '../../package-root.js';
import { redactLine } from '../../log/redact-line.js';
import type { ServerOptions } from '../../server-options.js';
import { KnownSecrets } from '../../secrets/known-secrets.js';
import { readSetupFacts } from '../../setup-facts.js';
import { type CameraFlag, collectCamera, collectCameraFile } from '../camera-flag.js';
import { exitCodes } from '../exit-codes.js';
import { firstAccountHint } from '../first-account.js';
import { listenWarnings } from '../listen-warnings.js';
import { untilStopped } from '../until-stopped.js';

interface ServeFlags {
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
  readonly data?: string;
  readonly camera: readonly CameraFlag[];
  readonly cameraFile: readonly CameraFlag[];
  readonly demo: boolean;
  readonly logLevel?: LogLevel;
}

/** `maskwatch serve`: cameras in, dashboard, API and events out, until it is told to stop. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('watch the cameras and serve the dashboard')
    .option('--config <file>', 'configuration (default: config.yaml where there is one)')
    .option('--host <address>', 'address to listen on')
    .option('--port <number>', 'TCP port; 0 takes a free one', readPort)
    .option('--data <dir>', 'folder of the database')
    .option('--camera <name=address>', 'a camera, for this run; may be repeated', collectCamera, [])
    .option(
      '--camera-file <name=file>',
      'a camera whose address, with its password, is in a file; may be repeated',
      collectCameraFile,
      [],
    )
    .option('--no-demo', 'no demo camera where there is no other')
    .option('--log-level <level>', 'trace, debug, info, warn, error or silent')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  maskwatch serve --camera door=rtsp://192.168.1.20/stream1\n' +
        '  maskwatch serve --camera hall=clips/hall.mp4 --port 9000\n',
    )
    .action(async (flags: ServeFlags) => {
      process.exitCode = await serve(flags);
    });
}

async function serve(flags: ServeFlags): Promise<number> {
  const environment = readEnvironment();
  let options: ServerOptions;
  try {
    options = await gather(flags, environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.usage;
  }
  if (options.setup.engine?.backend === 'wasm') warnOfWasm(options.setup.engine.reason);
  try {
    const unguarded = await guardWarning();
    if (unguarded !== undefined) options.log.warn(unguarded);
    const running = await startMaskwatch(options);
    // Before anything is said: who reads it may stop the server at once.
    const stopped = untilStopped();
    process.stdout.write(`Maskwatch is at ${running.url}\n`);
    for (const line of listenWarnings(options.config.server)) process.stderr.write(`${line}\n`);
    tellFirstAccount(running, options);
    const reload = (): void => void options.live.reload();
    process.on('SIGHUP', reload);
    await stopped;
    process.off('SIGHUP', reload);
    await options.live.close();
    await running.close();
    return exitCodes.ok;
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === undefined) throw error;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return code;
  }
}

async function gather(flags: ServeFlags, environment: Environment): Promise<ServerOptions> {
  const named = flags.config ?? environment.configFile;
  const sources = { file: resolve(named ?? 'config.yaml'), required: named !== undefined, environment };
  const live = await LiveConfig.open({
    sources,
    flags: flagValues(flags),
    onInvalid: (error) =>
      log.error({ problems: error.problems }, 'the configuration file is not valid; the old one stays'),
  });
  const config = { ...live.current, dataDir: resolve(live.current.dataDir) };
  const root = packageRoot();
  const { analysis, webrtc } = config;
  const secrets = new KnownSecrets();
  secrets.remember('configuration', secretsIn(config));
  live.onChange((change) => secrets.remember('configuration', secretsIn(change.config)));
  const log = createLogger(config.log.level, (line) => redactLine(line, secrets), writer(environment));
  const cameras = [...flags.camera, ...flags.cameraFile];
  return {
    config,
    cameras,
    demo: flags.demo && config.cameras.length + cameras.length === 0,
    analysis: {
      detector: analysis.detector,
      classifier: analysis.classifier,
      frameSide: analysis.frameSide,
      threads: analysis.threads,
      forceWasm: environment.forceWasm,
      ...(analysis.minScore === undefined ? {} : { minScore: analysis.minScore }),
    },
    analysisProcesses: analysis.processes === 0 ? availableParallelism() : analysis.processes,
    adminPassword: environment.adminPassword,
    rtc: {
      iceServers: webrtc.iceServers.map(({ urls, username, credential }) => ({
        urls,
        ...(username === undefined ? {} : { username }),
        ...(credential === undefined ? {} : { credential }),
      })),
      additionalHostAddresses: webrtc.hostAddresses,
      ...(webrtc.portRange === undefined ? {} : { portRange: webrtc.portRange }),
    },
    secretKey: environment.secretKey,
    secrets,
    live,
    log,
    setup: readSetupFacts(root),
    root,
    version: packageVersion(),
    childEnvironment: environment.forChildren,
  };
}

/** Where the log goes: to stderr, as JSON for programs, and as text for whoever sits at a terminal. */
function writer({ plain }: Environment): (line: string) => unknown {
  if (!process.stderr.isTTY) return (line) => process.stderr.write(line);
  return (line) => process.stderr.write(`${lineForPeople(line, !plain)}\n`);
}

/** Flags win over everything else. */
function flagValues({ host, port, data, logLevel }: ServeFlags): Map<string, unknown> {
  const given = { 'server.host': host, 'server.port': port, dataDir: data, 'log.level': logLevel };
  return new Map(Object.entries(given).filter(([, value]) => value !== undefined));
}

/**
 * Says how the first account is made. The link is shown on a terminal only: what is written to a file or a service's
 * journal is read by others, so there stands the command that makes one.
 */
function tellFirstAccount(running: MaskwatchServer, { config, log }: ServerOptions): void {
  if (!running.needsAccount()) return;
  if (process.stdout.isTTY) {
    process.stdout.write(
      `Make the first account within 15 minutes, by this link: ${running.makeSetupLink()}\n`,
    );
    return;
  }
  const hint = firstAccountHint(config.server, config.dataDir);
  if (hint !== undefined) log.warn(hint);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}

function warnOfWasm(reason: string | undefined): void {
  process.stderr.write(
    '\n*** SLOW: TensorFlow is not available, analysis runs on the wasm backend. ***\n' +
      `*** ${reason ?? 'Run npm run setup with network access and a C++ compiler.'} ***\n\n`,
  );
}

/** Errors that a person can do something about, with their exit codes. */
const expected = new Map<string, number>([
  ['address-taken', exitCodes.taken],
  ['tls-files', exitCodes.usage],
  ['weak-password', exitCodes.usage],
  ['data-folder-taken', exitCodes.taken],
  ['damaged-database', exitCodes.damagedData],
  ['newer-database', exitCodes.damagedData],
  ['bad-secret-key', exitCodes.usage],
]);

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof CameraFieldError) return exitCodes.usage;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return expected.get(String(error.code));
}
