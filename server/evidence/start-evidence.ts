import { join } from 'node:path';
import type { AlertDesk } from '../alerts/alert-desk.js';
import type { AnalysisPool } from '../analysis/pool-contract.js';
import type { LiveConfig } from '../config/live-config.js';
import { createEvidenceStore } from '../storage/evidence-store.js';
import type { Database } from '../storage/open-database.js';
import { EvidenceDesk, type EvidenceDeskOptions } from './evidence-desk.js';
import { PictureFolder } from './picture-folder.js';

/** What pictures of a moment stand on. */
export interface EvidenceParts extends Pick<EvidenceDeskOptions, 'countsOnly' | 'now' | 'log'> {
  readonly database: Database;
  readonly dataDir: string;
  readonly alerts: Pick<AlertDesk, 'showPicture'>;
  readonly live: Pick<LiveConfig, 'current' | 'onChange'>;
  readonly pool: Pick<AnalysisPool, 'keepFrames' | 'picture'>;
}

const sweepEveryMs = 60_000;

/** Opens the folder of pictures, and deletes from it what is not to be kept until it is closed. */
export async function startEvidence(
  parts: EvidenceParts,
): Promise<{ readonly desk: EvidenceDesk; close(): Promise<void> }> {
  const { database, dataDir, live, pool, log } = parts;
  const desk = new EvidenceDesk({
    ...parts,
    folder: await PictureFolder.open(join(dataDir, 'evidence')),
    store: createEvidenceStore(database),
    policy: () => live.current.evidence,
    show: (alertId, picture) => parts.alerts.showPicture(alertId, picture),
    picture: (cameraId, blur) => pool.picture(cameraId, blur),
  });
  const sweep = (): void => {
    desk.sweep().catch((error: unknown) => log.error({ err: error }, 'pictures of alerts'));
  };
  const keepFrames = (): void => pool.keepFrames(live.current.evidence.enabled);
  await desk.recover();
  await desk.sweep();
  keepFrames();
  const timer = setInterval(sweep, sweepEveryMs);
  timer.unref();
  const unfollow = live.onChange(({ applied }) => {
    if (applied.includes('evidence.enabled')) keepFrames();
    if (applied.some((key) => /^(evidence|privacy)\./.test(key))) sweep();
  });
  return {
    desk,
    close: async () => {
      clearInterval(timer);
      unfollow();
      await desk.close();
    },
  };
}
