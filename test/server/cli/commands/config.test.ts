import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { configJsonSchema } from '../../../../server/config/config-keys.js';
import { maskwatchHere } from '../../../helpers/cli.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

describe('maskwatch config', () => {
  const folders = tempFolders();

  const file = (text: string): string => {
    const path = join(folders.make(), 'config.yaml');
    writeFileSync(path, text);
    return path;
  };

  it('checks a file: fine', async () => {
    const path = file('server:\n  port: 9000\n');
    expect(await maskwatchHere(['config', 'check', '--config', path])).to.deep.equal({
      ...{ code: 0, stdout: `${path}: fine\n`, stderr: '' },
    });
    const { code, stdout } = await maskwatchHere(['config', 'check', '--config', path, '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({ ok: true, file: path, problems: [] });
  });

  it('checks a file: code 2, with line, key, rule and suggestion, for people and for programs', async () => {
    const path = file('server:\n  port: 70000\n  hots: localhost\n');
    const plain = await maskwatchHere(['config', 'check', '--config', path]);
    expect(plain).to.include({ code: 2, stdout: '' });
    expect(plain.stderr)
      .to.match(/:2: server\.port: .*65535$/m)
      .and.match(/:3: server\.hots: is not a known key; did you mean "host"\?$/m);
    const { code, stdout, stderr } = await maskwatchHere(['config', 'check', '--config', path, '--json']);
    expect({ code, stderr }).to.deep.equal({ code: 2, stderr: '' });
    const { ok, problems } = JSON.parse(stdout) as {
      ok: boolean;
      problems: { where: string; key: string }[];
    };
    expect(ok).to.equal(false);
    expect(problems.map(({ where, key }) => [where, key])).to.deep.equal([
      [`${path}:2`, 'server.port'],
      [`${path}:3`, 'server.hots'],
    ]);
  });

  it('checks a file: code 2 where it is missing or no YAML', async () => {
    for (const path of ['/nowhere/config.yaml', file('server: [\n')]) {
      const { code, stdout, stderr } = await maskwatchHere(['config', 'check', '--config', path]);
      expect({ code, stdout }, path).to.deep.equal({ code: 2, stdout: '' });
      expect(stderr)
        .to.match(/^[^\n]+\n/)
        .and.not.include('    at ');
    }
  });

  it('prints the schema for editors, and an example that is valid', async () => {
    const schema = await maskwatchHere(['config', 'schema']);
    expect(schema).to.include({ code: 0, stderr: '' });
    expect(JSON.parse(schema.stdout)).to.deep.equal(JSON.parse(JSON.stringify(configJsonSchema())));
    expect(schema.stdout).to.include('"$schema"');
    const example = await maskwatchHere(['config', 'example']);
    const checked = await maskwatchHere(['config', 'check', '--config', file(example.stdout)]);
    expect(checked.code, checked.stderr).to.equal(0);
    expect((await maskwatchHere(['config', 'reference'])).stdout).to.include('`server.port`');
  });
});
