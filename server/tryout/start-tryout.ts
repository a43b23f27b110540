import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnalysisSettings } from '../analysis/messages.js';
import { childEnvironment, spawnCommand } from '../analysis/pool/spawn-command.js';
import { picturePolicy } from '../addresses/address-policy.js';
import type { CloseStack } from '../close-stack.js';
import type { WeightsLibrary } from '../classifiers/weights-library.js';
import type { ReplayPort } from '../http/replay-routes.js';
import type { TryoutPort } from '../http/tryout-routes.js';
import { ReplayDesk } from '../replays/replay-desk.js';
import { TryoutDesk } from './tryout-desk.js';

/** What trying out stands on. */
export interface TryoutParts {
  readonly settings: Pick<AnalysisSettings, 'detector' | 'minScore'>;
  readonly library: WeightsLibrary;
  /** Name of the classifier that runs now. */
  readonly classifier: () => string;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ownPorts: () => Iterable<number>;
  readonly now: () => number;
}

/** Makes the desks for pictures and clips that are tried out, closed with the stack. */
export async function startTryout(
  parts: TryoutParts,
  stack: CloseStack,
): Promise<{ readonly tryout: TryoutPort; readonly replays: ReplayPort }> {
  const { library, classifier } = parts;
  const { detector, minScore } = parts.settings;
  const score = minScore === undefined ? {} : { minScore };
  const env = childEnvironment(parts.env);
  const entry = fileURLToPath(
    new URL(`./process/main${extname(fileURLToPath(import.meta.url))}`, import.meta.url),
  );
  const command = spawnCommand(entry, process.execArgv, env.PATH ?? '');
  const desk = stack.own(new TryoutDesk({ command, env }));
  const replays = stack.own(
    await ReplayDesk.open({
      folder: join(parts.dataDir, 'replays'),
      tryout: desk,
      now: parts.now,
      models: async (run) => ({
        detector: run.detector,
        classifier: await library.folderOf(run.classifier),
        ...(run.minScore === undefined ? {} : { minScore: run.minScore }),
      }),
    }),
  );
  return {
    tryout: {
      desk,
      models: async () => {
        const name = classifier();
        return { choice: { detector, ...score, classifier: await library.folderOf(name) }, classifier: name };
      },
      pictures: picturePolicy(false, parts.ownPorts),
    },
    replays: { desk: replays, classifier },
  };
}
