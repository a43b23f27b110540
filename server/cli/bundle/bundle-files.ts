import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutSecrets } from '../../config/config-secrets.js';
import type { ConfigSources } from '../../config/load-config.js';
import type { ExaminedFacts } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import { reportText } from '../doctor/report-text.js';
import { readLog } from './read-log.js';
import { versionsOf } from './versions.js';

/** What a bundle is made of. */
export interface BundleParts {
  /** The project's folder. */
  readonly root: string;
  /** The report of the doctor, as it was printed. */
  readonly report: { readonly findings: readonly Finding[] };
  readonly facts: ExaminedFacts;
  readonly sources: ConfigSources;
  /** A log to take along; that of the systemd unit where absent. */
  readonly log: string | undefined;
}

const readme = `Maskwatch support bundle

doctor.txt, doctor.json   what was found wrong, and what to do about it
versions.json             of Maskwatch, Node, packages, ffmpeg and the system
configuration.json        values and where they come from; secrets are ***
database.json             rows of each table, never what is in them
server/                   what the running server says: health, cameras, metrics (absent while none runs)
log.txt                   the end of the server's log (absent where systemd keeps none and no --log was given)

There are no passwords, keys or tokens, no pictures, and nothing about a person in here. There are names and
addresses of your cameras and hosts: look through it before you send it on.
`;

/** The files of a bundle by their names in it. Every text was cleaned of secrets. */
export async function bundleFiles({
  root,
  report,
  facts,
  sources,
  log,
}: BundleParts): Promise<Map<string, string>> {
  const { cleaner, stored, server, dataDir } = facts;
  const json = (value: unknown): string => `${JSON.stringify(cleaner.data(value), null, 2)}\n`;
  const files = new Map([
    ['README.txt', readme],
    ['doctor.txt', cleaner.text(`${reportText(report.findings, false)}\n`)],
    ['doctor.json', json(report)],
    ['versions.json', json(await versionsOf(root))],
    [
      'configuration.json',
      json({
        file: sources.file,
        dataDir,
        values: withoutSecrets(facts.config.config),
        origins: Object.fromEntries(facts.config.origins),
        variables: sources.environment.settings.map(({ variable }) => variable),
      }),
    ],
    [
      'database.json',
      json({
        ...{ state: stored.state, problem: stored.problem, schema: stored.schema, rows: stored.tables },
        bytes: await sizeOf(join(dataDir, 'maskwatch.db')),
        newestEventAt: stored.newestAt,
      }),
    ],
  ]);
  if (typeof server === 'object') {
    files.set('server/health.json', json(server.health));
    files.set('server/cameras.json', json(server.cameras));
    files.set('server/metrics.txt', cleaner.text(server.metrics));
  }
  const lines = await readLog(log);
  if (lines !== undefined) files.set('log.txt', cleaner.text(lines));
  return files;
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
