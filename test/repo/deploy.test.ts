import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { MetricSources } from '../../server/metrics/metric-sources.js';
import { Metrics } from '../../server/metrics/metrics.js';
import { textOf } from './source-files.js';

const run = promisify(execFile);

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      alert: string;
      expr: string;
      for: string;
      labels: object;
      annotations: { summary: string };
    }[];
  }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

/** Names of metrics in a query, without what a histogram adds to its own. */
function metricsIn(expression: string): string[] {
  return [...expression.matchAll(/\b(?:maskwatch|process|nodejs)_[a-z0-9_]+/g)].map(([name]) =>
    name.replace(/_(bucket|sum|count)$/, ''),
  );
}

describe('the files for operators', () => {
  // Only the names are asked for; the sources are never read.
  const names = new Set(new Metrics({} as MetricSources).described().map(({ name }) => name));
  const { groups } = parse(textOf('deploy/prometheus/alerts.yaml')) as Rules;
  const rules = groups.flatMap((group) => group.rules);
  const { panels } = JSON.parse(textOf('deploy/grafana/maskwatch.json')) as Dashboard;

  it('use only metrics that exist, in alerts and on the dashboard', () => {
    const used = [
      ...rules.map(({ expr }) => expr),
      ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    const lists = used.map(metricsIn);
    expect(lists.every((list) => list.length > 0)).to.equal(true);
    expect(lists.flat().filter((name) => !names.has(name))).to.deep.equal([]);
  });

  it('warn of the six things that an operator must know, each in a sentence', () => {
    expect(rules.map(({ alert }) => alert)).to.deep.equal([
      'MaskwatchCameraDown',
      'MaskwatchComplianceLow',
      'MaskwatchPicturesDropped',
      'MaskwatchAnalysisLate',
      'MaskwatchDiskNearlyFull',
      'MaskwatchPictureNotDeleted',
    ]);
    for (const rule of rules) {
      expect(rule.for).to.match(/^\d+m$/);
      expect(rule.annotations.summary).to.match(/\.$/);
    }
  });

  it('parse with promtool where that is installed', async function () {
    if (!existsSync('/usr/bin/promtool')) this.skip();
    await run('/usr/bin/promtool', ['check', 'rules', 'deploy/prometheus/alerts.yaml']);
  });

  const analyze = '/usr/bin/systemd-analyze';
  const reason = existsSync(analyze) ? '' : ' (skipped: there is no systemd-analyze here)';
  it(`hold a unit that systemd finds nothing wrong with, and that leaves little open${reason}`, async function () {
    if (reason !== '') this.skip();
    const unit = 'deploy/systemd/maskwatch.service';
    const { stderr } = await run(analyze, ['verify', unit]);
    expect(stderr).to.equal('');
    const { stdout } = await run(analyze, ['security', '--offline=true', '--no-pager', unit]);
    expect(Number(/Overall exposure level for \S+: (\d+\.\d)/.exec(stdout)?.[1])).to.be.below(2);
  });

  it('start the same program in the unit, in the image and in the package', () => {
    const { bin } = JSON.parse(textOf('package.json')) as { bin: { maskwatch: string } };
    expect(textOf('deploy/systemd/maskwatch.service')).to.include(
      `node_modules/maskwatch/${bin.maskwatch} serve`,
    );
    expect(textOf('Dockerfile')).to.include(`node_modules/maskwatch/${bin.maskwatch}`);
    expect(textOf('deploy/systemd/maskwatch.service')).to.include('NoNewPrivileges=yes');
  });
});
