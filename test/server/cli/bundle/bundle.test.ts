import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readLog } from '../../../../server/cli/bundle/read-log.js';
import { BundleError, writeBundle } from '../../../../server/cli/bundle/write-bundle.js';
import { cleanerOf } from '../../../../server/cli/doctor/cleaner.js';
import { readStoredFacts } from '../../../../server/cli/doctor/stored-facts.js';
import { readEnvironment } from '../../../../server/config/environment.js';
import { configSchema } from '../../../../server/config/schema.js';
import { packageRoot } from '../../../../server/package-root.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

describe('the support bundle', () => {
  const folders = tempFolders();

  const partsOf = (folder: string, log: string | undefined): Parameters<typeof writeBundle>[1] => {
    const environment = readEnvironment({});
    const config = configSchema.parse({});
    const stored = readStoredFacts(folder, undefined);
    return {
      root: packageRoot(),
      report: { findings: [] },
      facts: {
        config: { config, origins: new Map() },
        dataDir: folder,
        stored,
        server: undefined,
        cleaner: cleanerOf(config, stored, environment),
      },
      sources: { file: join(folder, 'config.yaml'), required: false, environment },
      log,
    };
  };
  const refusal = async (work: Promise<void>): Promise<string> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof BundleError ? error.message : `no refusal: ${String(error)}`;
  };

  it('takes the end of a log, in whole lines', async () => {
    const path = join(folders.make(), 'server.log');
    writeFileSync(path, 'short\nlog\n');
    expect(await readLog(path)).to.equal('short\nlog\n');
    writeFileSync(path, `${'first '.repeat(10)}\n`.repeat(30_000) + 'last\n');
    const end = (await readLog(path)) ?? '';
    expect(end.length).to.be.within(2 ** 20 - 100, 2 ** 20);
    expect(end.startsWith('first ')).to.equal(true);
    expect(end.endsWith('first \nlast\n')).to.equal(true);
  });

  it('overwrites nothing, and says why it cannot be written', async () => {
    const folder = folders.make();
    const taken = join(folder, 'taken.tar.gz');
    writeFileSync(taken, 'mine');
    expect(await refusal(writeBundle(taken, partsOf(folder, undefined)))).to.equal(
      `${taken} exists already.`,
    );
    const log = join(folder, 'no.log');
    expect(await refusal(writeBundle(join(folder, 'a.tar.gz'), partsOf(folder, log)))).to.include('ENOENT');
    const nowhere = join(folder, 'no', 'where.tar.gz');
    expect(await refusal(writeBundle(nowhere, partsOf(folder, undefined)))).to.include(
      'could not be written',
    );
  });
});
