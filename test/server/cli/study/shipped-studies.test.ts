import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readStudy } from '../../../../models/lab/study/study-file.js';
import { readResults, resultsPath } from '../../../../models/lab/study/study-results.js';
import { studyRows } from '../../../../models/lab/study/study-rows.js';
import { trainCommand } from '../../../../server/cli/commands/train.js';
import { trainArguments } from '../../../../server/cli/study/train-arguments.js';
import { packageRoot } from '../../../../server/package-root.js';

const folder = join(packageRoot(), 'models', 'studies');

describe('The studies that come with the project', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    it(`can be run: ${file}`, async () => {
      const study = await readStudy(join(folder, file));
      const inputs = Object.fromEntries(
        Object.keys(study.inputs).map((name) => [name, `/somewhere/${name}`]),
      );
      const rows = studyRows(study, inputs);
      expect(rows).not.to.be.empty;
      for (const { settings } of rows) {
        // Commander itself judges names and values; nothing is trained.
        const command = trainCommand()
          .exitOverride()
          .action(() => undefined);
        await command.parseAsync(trainArguments(command, settings), { from: 'user' });
      }
      await readResults(resultsPath(join(folder, file)));
    });
  }
});
