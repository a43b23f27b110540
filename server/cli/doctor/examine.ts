import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { EngineFacts } from '../../../models/engine/engine.js';
import type { Environment } from '../../config/environment.js';
import { loadConfig } from '../../config/load-config.js';
import type { Config } from '../../config/schema.js';
import { configSchema } from '../../config/schema.js';
import { readSetupFacts } from '../../setup-facts.js';
import { engineFinding } from './engine-finding.js';
import type { Finding } from './finding.js';
import { fine, reasonOf } from './finding.js';
import { packageFinding } from './package-finding.js';
import { databaseFinding, diskFinding, portFinding } from './place-findings.js';
import { chromiumFinding, ffmpegFindings, nodeFinding } from './program-findings.js';

/** All that `doctor` reports. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** Absent when no engine starts. */
  readonly engine?: EngineFacts;
}

/**
 * Looks at everything the product needs. Nothing is changed, and a failing check never hides the others.
 *
 * @param root the project's folder
 */
export async function examine(root: string, environment: Environment): Promise<Examination> {
  const { config, finding: configFinding } = await readConfig(environment);
  const [packages, ffmpeg, chromium, engine, database, port, disk] = await Promise.all([
    packageFinding(root),
    ffmpegFindings(),
    chromiumFinding(),
    engineFinding(environment.forceWasm),
    databaseFinding(config.dataDir),
    portFinding(config.server.host, config.server.port),
    diskFinding(config.dataDir),
  ]);
  const findings = [
    nodeFinding(process.versions.node),
    fine('machine', `${cpus().length} cores, ${(totalmem() / 1e9).toFixed(1)} GB of memory`),
    packages,
    ...ffmpeg,
    engine.finding,
    configFinding,
    database,
    port,
    disk,
    demoFinding(root),
    chromium,
  ];
  return engine.facts === undefined ? { findings } : { findings, engine: engine.facts };
}

async function readConfig(environment: Environment): Promise<{ config: Config; finding: Finding }> {
  const file = environment.configFile ?? 'config.yaml';
  try {
    const config = await loadConfig({ file, required: environment.configFile !== undefined, environment });
    return { config, finding: fine('configuration', existsSync(file) ? file : 'defaults') };
  } catch (error) {
    const finding: Finding = {
      name: 'configuration',
      state: 'failed',
      detail: reasonOf(error),
      remedy: `correct ${file}, or the variables that begin with MASKWATCH_`,
    };
    return { config: configSchema.parse({}), finding };
  }
}

function demoFinding(root: string): Finding {
  const { demoClip } = readSetupFacts(root);
  if (demoClip !== undefined && existsSync(demoClip)) return fine('demo clip', demoClip);
  return { name: 'demo clip', state: 'warning', detail: 'not rendered', remedy: 'npm run setup' };
}
