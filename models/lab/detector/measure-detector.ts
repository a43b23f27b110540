import { readWeightsOf } from '../../classify/read-weights.js';
import { detectorManifestSchema } from '../../detect/own/detector-manifest.js';
import { detectorOf, loadOwnDetector } from '../../detect/own/own-detector.js';
import { createDetectorNetwork } from '../../detect/own/run-network.js';
import type { Engine } from '../../engine/engine.js';
import type { DetectorFigures } from './detector-figures.js';
import { strides } from './detector-h.js';
import { judgeDetector } from './judge-detector.js';
import { loadYunet } from './load-yunet.js';
import { timeDetectors } from './time-detectors.js';

/** What to measure a detector on, and against what. */
export interface DetectorMeasurement {
  /** Weights folder. */
  readonly folder: string;
  /** Folder with `<set>/labels.json` and `<set>/images/`. */
  readonly scenes: string;
  /** Weights of YuNet-n, ONNX or safetensors, to measure against. */
  readonly peer?: string | undefined;
  /** Told what is under way. */
  readonly say: (line: string) => void;
}

/** Faint detections count for AP. */
const leastScore = 0.02;
const turns = 60;

/**
 * Measures a detector on the scenes that training leaves out, and its time for a picture; the peer's on the same pictures,
 * decoded and suppressed by the same code.
 *
 * @returns ours, then the peer's
 */
export async function measureDetector(
  engine: Engine,
  { folder, scenes, peer, say }: DetectorMeasurement,
): Promise<DetectorFigures[]> {
  const { manifest, artifacts } = await readWeightsOf(detectorManifestSchema, folder);
  const model = await engine.tf.loadLayersModel(engine.tf.io.fromMemory(artifacts));
  const networks = [await createDetectorNetwork(engine, model, manifest)];
  if (peer !== undefined) networks.push(await loadYunet(engine, peer));
  say('Timing …');
  const [times = [], peerTimes = []] = await timeDetectors(networks, turns, () => performance.now());
  for (const network of networks) network.close();
  say('Finding faces in the scenes that training leaves out …');
  const own = {
    name: manifest.name,
    times,
    scenes: await judgeDetector(
      (inputSide) => loadOwnDetector(engine, folder, { minScore: leastScore, inputSide }),
      scenes,
    ),
  };
  if (peer === undefined) return [own];
  const settings = { name: 'YuNet-n', strides: [...strides], maxOverlap: 0.4, minScore: leastScore };
  const makePeer = async (inputSide: number) =>
    detectorOf(await loadYunet(engine, peer), { ...settings, inputSide });
  return [own, { name: settings.name, times: peerTimes, scenes: await judgeDetector(makePeer, scenes) }];
}
