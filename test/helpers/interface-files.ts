import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { routeTable } from '../../server/http/create-http-app.js';
import { metricsReference } from '../../server/metrics/metrics-reference.js';
import { asyncApiDocument } from '../../server/openapi/asyncapi-document.js';
import { openApiDocument } from '../../server/openapi/openapi-document.js';
import { contractFiles } from './contract-files.js';
import { HttpBench } from './http-bench.js';

/** The files that are made from the code of the interfaces, by their path in the project, as they should be. */
export async function interfaceFiles(): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'maskwatch-interfaces-'));
  const bench = new HttpBench(join(folder, 'data'), join(folder, 'client'));
  try {
    const files = new Map([
      ['docs/api/openapi.json', JSON.stringify(openApiDocument(routeTable(bench.options)))],
      ['docs/api/asyncapi.json', JSON.stringify(asyncApiDocument())],
      ['docs/metrics.md', metricsReference()],
      ...contractFiles('client/sdk/src/contract'),
    ]);
    const formatted = [...files].map(async ([path, text]): Promise<[string, string]> => [
      path,
      await format(text, { ...(await resolveConfig(path)), filepath: path }),
    ]);
    return new Map(await Promise.all(formatted));
  } finally {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}
