import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { EngineFacts } from '../../../models/engine/engine.js';
import { monotonicMs } from '../../../streams/clock.js';
import { secretsIn } from '../../config/config-secrets.js';
import type { ConfigReading, ConfigSources } from '../../config/load-config.js';
import type { Config } from '../../config/schema.js';
import { packageVersion } from '../../package-root.js';
import { fixedCamera } from '../../pipeline/start-cameras.js';
import { keyFileName } from '../../secrets/secret-key.js';
import { readSetupFacts } from '../../setup-facts.js';
import { type CameraToLookAt, probedFindings, servedFindings } from './camera-findings.js';
import { type Cleaner, cleanerOf } from './cleaner.js';
import { judgeClock, readClock } from './clock-finding.js';
import { readCheckedConfig } from './config-finding.js';
import { databaseFinding } from './database-finding.js';
import { engineFinding } from './engine-finding.js';
import type { Finding } from './finding.js';
import { fine } from './finding.js';
import { mediaPortsFinding, openFilesFinding } from './limit-findings.js';
import { modeFinding, type PrivatePlace } from './mode-finding.js';
import { modelFinding } from './model-finding.js';
import { packageFinding } from './package-finding.js';
import { dataFolderFinding, diskFinding } from './place-findings.js';
import { portFinding } from './port-finding.js';
import {
  chromiumFinding,
  ffmpegFindings,
  guardFinding,
  nodeFinding,
  userFinding,
} from './program-findings.js';
import { askRunningServer, type ServerAnswer, serverFinding } from './running-server.js';
import { readStoredFacts, type StoredFacts } from './stored-facts.js';
import { tlsFinding } from './tls-finding.js';

/** What is to be looked at. */
export interface ExaminationOptions {
  /** The project's folder. */
  readonly root: string;
  readonly sources: ConfigSources;
  /** Instead of the data folder of the configuration. */
  readonly dataDir?: string | undefined;
  /** How long each camera may take, in milliseconds; 0 leaves cameras alone. */
  readonly cameraTimeoutMs: number;
}

/** All that `doctor` reports. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** Absent when no engine starts. */
  readonly engine?: EngineFacts;
  readonly facts: ExaminedFacts;
}

/** What was read on the way, for who needs more than findings. */
export interface ExaminedFacts {
  /** Its defaults where it is not valid. */
  readonly config: ConfigReading;
  readonly dataDir: string;
  readonly stored: StoredFacts;
  readonly server: ServerAnswer;
  readonly cleaner: Cleaner;
}

/** Looks at everything the product needs. Nothing is changed, and a failing check never hides the others. */
export async function examine(options: ExaminationOptions): Promise<Examination> {
  const { root, sources } = options;
  const began = { wall: Date.now(), monotonic: monotonicMs() };
  const { finding: configFinding, ...reading } = await readCheckedConfig(sources);
  const { config } = reading;
  const dataDir = resolve(options.dataDir ?? config.dataDir);
  const stored = readStoredFacts(dataDir, sources.environment.secretKey);
  const server = await askRunningServer(dataDir);
  const { tls, host, port } = config.server;
  const { portRange } = config.webrtc;
  const [
    packages,
    ffmpeg,
    guard,
    chromium,
    engine,
    folder,
    taken,
    disk,
    models,
    modes,
    cameras,
    clock,
    files,
    media,
  ] = await Promise.all([
    packageFinding(root),
    ffmpegFindings(),
    guardFinding(),
    chromiumFinding(),
    engineFinding(sources.environment.forceWasm),
    dataFolderFinding(dataDir),
    portFinding({ host, port, secure: tls !== undefined }),
    diskFinding(dataDir),
    modelFinding(join(root, 'models', 'weights'), join(dataDir, 'models')),
    modeFinding(privatePlaces(dataDir, sources.file, config)),
    cameraFindings(options, config, stored, server),
    readClock(),
    openFilesFinding(),
    portRange === undefined ? [] : mediaPortsFinding(portRange),
  ]);
  const cleaner = cleanerOf(config, stored, sources.environment);
  const findings = [
    nodeFinding(process.versions.node),
    fine('machine', `${cpus().length} cores, ${(totalmem() / 1e9).toFixed(1)} GB of memory`),
    userFinding(process.getuid?.()),
    files,
    packages,
    ...ffmpeg,
    guard,
    engine.finding,
    models,
    configFinding,
    folder,
    databaseFinding(stored),
    modes,
    disk,
    judgeClock({
      ...clock,
      drift: Date.now() - began.wall - (monotonicMs() - began.monotonic),
      newest: stored.newestAt,
      server: typeof server === 'object' ? server.time : undefined,
    }),
    serverFinding(server, packageVersion()),
    taken,
    media,
    ...(tls === undefined ? [] : [tlsFinding(tls, Date.now())]),
    ...cameras,
    demoFinding(root),
    chromium,
  ]
    .flat()
    .map((finding) => ({
      ...finding,
      detail: cleaner.text(finding.detail),
      remedy: cleaner.text(finding.remedy),
    }));
  const facts = { config: reading, dataDir, stored, server, cleaner };
  return engine.facts === undefined ? { findings, facts } : { findings, facts, engine: engine.facts };
}

function cameraFindings(
  { cameraTimeoutMs }: ExaminationOptions,
  config: Config,
  { cameras }: StoredFacts,
  server: ServerAnswer,
): Finding[] | Promise<Finding[]> {
  if (typeof server === 'object') return servedFindings(server.cameras);
  if (cameraTimeoutMs === 0) return [];
  const fixed = config.cameras.map((camera): CameraToLookAt => ({ ...fixedCamera(camera), enabled: true }));
  const hidden = new Set(fixed.map(({ id }) => id));
  const added = cameras
    .filter(({ id }) => !hidden.has(id))
    .map(({ url, access, ...rest }): CameraToLookAt => ({ ...rest, url: access?.reveal() ?? url }));
  return probedFindings([...fixed, ...added], { timeoutMs: cameraTimeoutMs, ownPort: config.server.port });
}

function privatePlaces(dataDir: string, configFile: string, config: Config): PrivatePlace[] {
  const own = { closed: 0o077, closedByUs: true };
  const shared = { closed: 0o007, closedByUs: false };
  const { tls } = config.server;
  return [
    { ...own, path: dataDir, holds: 'the data folder' },
    { ...own, path: join(dataDir, keyFileName), holds: 'the key of stored passwords' },
    { ...own, path: join(dataDir, 'maskwatch.db'), holds: 'the database' },
    ...(secretsIn(config).length === 0
      ? []
      : [{ ...shared, path: configFile, holds: 'the configuration, with passwords' }]),
    ...(tls === undefined ? [] : [{ ...shared, path: tls.keyFile, holds: 'the key of the certificate' }]),
  ];
}

function demoFinding(root: string): Finding {
  const { demoClip } = readSetupFacts(root);
  if (demoClip !== undefined && existsSync(demoClip)) return fine('demo clip', demoClip);
  return { name: 'demo clip', state: 'warning', detail: 'not rendered', remedy: 'npm run setup' };
}
