import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { manifestSchema } from '../../models/classify/manifest.js';
import { detectorManifestSchema } from '../../models/detect/own/detector-manifest.js';
import { detectorCard } from '../../models/lab/detector/detector-card.js';
import { confusionFigures } from '../../models/lab/evaluate/confusion.js';
import { headLines, limitLines, unknownHeading, wornLines } from '../../models/lab/export/card.js';
import { readStudy } from '../../models/lab/study/study-file.js';
import { readResults, resultsPath } from '../../models/lab/study/study-results.js';
import { studyRows } from '../../models/lab/study/study-rows.js';
import { studyPage } from '../../models/lab/study/study-table.js';
import { root, textOf } from './source-files.js';

const weights = join('models', 'weights');
const studies = join('models', 'studies');
const taskSchema = z.object({ task: z.enum(['face-detector', 'mask-classifier']) });

/** The parts of a card by their headings; what stands above the first one has an empty name. */
function sections(card: string): Map<string, string> {
  const parts = card.split(/^(?=## )/m);
  return new Map(parts.map((part) => [/^## .*$/m.exec(part)?.[0] ?? '', part.trim()]));
}

describe('Cards', () => {
  for (const name of readdirSync(join(root, weights))) {
    const file = (part: string): string => join(weights, name, part);
    const json: unknown = JSON.parse(textOf(file('manifest.json')));
    const card = textOf(file('CARD.md'));

    it(`hold the notes on ${name}, word by word`, () => {
      expect(card).to.contain(`\n${textOf(file('NOTES.md')).trim()}\n`);
    });

    if (taskSchema.parse(json).task === 'face-detector') {
      it(`say of ${name} what its manifest says`, () => {
        const command = /written, by\n\n```\n(.*)\n```/.exec(card)?.[1] ?? '';
        expect(command).to.match(new RegExp(`^maskwatch card ${name} `));
        const manifest = detectorManifestSchema.parse(json);
        const told = sections(detectorCard({ manifest, figures: [], notes: '', command }));
        const held = sections(card);
        for (const heading of ['', '## Data']) {
          expect(held.get(heading), heading).to.equal(told.get(heading));
        }
        expect([...held.keys()]).to.include.members([...told.keys()]);
      });
      continue;
    }

    it(`say of ${name} what its manifest says`, () => {
      const manifest = manifestSchema.parse(json);
      const { test, thresholds } = manifest;
      if (test === undefined) throw new Error('the manifest of weights that ship tells figures');
      const head = headLines(manifest, statSync(join(root, file('weights.bin'))).size);
      expect(card.startsWith(head.join('\n'))).to.equal(true);
      const { confusion } = test;
      const figures = confusionFigures({
        classes: [...confusion.classes],
        counts: confusion.counts.map((row) => [...row]),
      });
      expect(figures.accuracy).to.be.closeTo(test.accuracy, 1e-9);
      expect(figures.macroRecall).to.be.closeTo(test.macroRecall, 1e-9);
      expect(card).to.contain(wornLines({ ...figures, confusion }).join('\n'));
      expect(card.endsWith(limitLines(manifest).join('\n'))).to.equal(true);
      const unknown = sections(card).get(unknownHeading);
      expect(unknown).to.contain(`has less than ${thresholds.minConfidence}`);
      if (thresholds.reject < 1) expect(unknown).to.contain(`\`reject\` has more than ${thresholds.reject}`);
    });

    it(`tell of ${name} on scenes in the words of today's evaluation`, () => {
      const blocks = sections(card).get('## Whole scenes kept out of training') ?? '';
      expect(blocks.match(/^`maskwatch evaluate scenes\/\w+\/labels\.json .*`:$/gm)).to.have.length(2);
      expect(blocks.match(/^The detector alone, before reject: AP 0\.\d{3},/gm)).to.have.length(2);
      expect(blocks.match(/^false a picture +score +recall +mask +no_mask +incorrect$/gm)).to.have.length(4);
    });
  }
});

describe('Pages of studies', () => {
  for (const file of readdirSync(join(root, studies)).filter((name) => name.endsWith('.yaml'))) {
    it(`are what the results come to: ${file}`, async () => {
      const path = join(root, studies, file);
      const page = textOf(join(studies, file.replace(/\.yaml$/, '.md')));
      const command = /^maskwatch study .*$/m.exec(page)?.[0] ?? '';
      expect(command).to.contain(`models/studies/${file}`);
      const inputs = Object.fromEntries(
        [...command.matchAll(/ --set (\S+?)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
      );
      const study = await readStudy(path);
      const rows = studyRows(study, inputs);
      const results = await readResults(resultsPath(path));
      expect(rows.map(({ key }) => key)).to.have.members(Object.keys(results));
      expect(studyPage({ study, rows, results, failed: new Map(), command })).to.equal(page);
    });
  }
});
