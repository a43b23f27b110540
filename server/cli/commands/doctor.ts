import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ConfigError } from '../../config/config-error.js';
import { packageRoot, packageVersion } from '../../package-root.js';
import { BundleError, writeBundle } from '../bundle/write-bundle.js';
import { configPlace } from '../config-place.js';
import { doctorExitCode } from '../doctor/doctor-exit-code.js';
import { examine } from '../doctor/examine.js';
import { reportText } from '../doctor/report-text.js';
import { exitCodes } from '../exit-codes.js';

interface DoctorFlags {
  readonly config?: string;
  readonly data?: string;
  readonly cameraTimeout: number;
  readonly bundle?: string;
  readonly log?: string;
  readonly json: boolean;
}

/** `maskwatch doctor`: what is installed, what engine runs, and what is wrong, each with a remedy. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('tell what is installed, which engine runs, and what is wrong')
    .option('--config <file>', 'configuration (default: config.yaml where there is one)')
    .option('--data <dir>', 'data folder (default: that of the configuration)')
    .option(
      '--camera-timeout <seconds>',
      'how long each camera may take; 0 leaves them alone',
      readSeconds,
      10,
    )
    .option('--bundle <file>', 'also write all that helps others to help, without secrets, into a .tar.gz')
    .option('--log <file>', 'with --bundle: a log of the server to take along, where systemd keeps none')
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  maskwatch doctor\n' +
        '  maskwatch doctor --json | jq .findings\n' +
        '  sudo -u maskwatch maskwatch doctor --config /etc/maskwatch/config.yaml --data /var/lib/maskwatch\n' +
        '  maskwatch doctor --bundle support.tar.gz\n' +
        '\nExit codes: 0 all works, 4 something is missing, 3 data are damaged, 2 the configuration is wrong,\n' +
        '5 the port is taken, 1 something else does not work.\n',
    )
    .action(async (flags: DoctorFlags) => {
      try {
        process.exitCode = await doctor(flags);
      } catch (error) {
        // A variable that names a file which cannot be read: nothing else could be read rightly either.
        if (!(error instanceof ConfigError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = exitCodes.usage;
      }
    });
}

async function doctor({ config, data, cameraTimeout, bundle, log, json }: DoctorFlags): Promise<number> {
  const sources = configPlace(config);
  const root = packageRoot();
  if (process.stderr.isTTY) process.stderr.write('Looking at everything …\n');
  const examination = await examine({ root, sources, dataDir: data, cameraTimeoutMs: cameraTimeout * 1000 });
  const { findings, engine, facts } = examination;
  const code = doctorExitCode(findings);
  const report = { version: packageVersion(), ok: code === exitCodes.ok, findings, engine };
  const colour = process.stdout.isTTY && !sources.environment.plain;
  process.stdout.write(`${json ? JSON.stringify(report, null, 2) : reportText(findings, colour)}\n`);
  if (bundle === undefined) return code;
  try {
    const path = resolve(bundle);
    await writeBundle(path, { root, report, facts, sources, log });
    process.stderr.write(
      `${path} holds no passwords and no pictures. Look through it before you send it on.\n`,
    );
    return code;
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.failure;
  }
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds > 300)
    throw new InvalidArgumentError('It must be a number of seconds from 0 to 300.');
  return seconds;
}
