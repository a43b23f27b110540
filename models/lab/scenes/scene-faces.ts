import { basename, dirname, extname, join } from 'node:path';
import type { Detection } from '../../detector.js';
import { overlap } from '../../detect/overlap.js';
import type { Collected, Exclusions, FaceSource, LeftOut } from '../data/face-source.js';
import { createRandom, mixSeed } from '../random.js';
import { rejectBoxes } from './reject-boxes.js';
import { readScenes } from './read-scenes.js';
import type { LabelledScene, SceneBox } from './scene-labels.js';

/** Scenes to take faces from. */
export interface ScenesRequest extends Exclusions {
  /** A `labels.json` or a folder of Pascal VOC files; the pictures lie in `images/` beside it. */
  readonly labels: string;
  /** What a detector found in each scene. */
  readonly detections: ReadonlyMap<string, readonly Detection[]>;
  /** Whether to add boxes without a usable face. */
  readonly rejects: boolean;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** Overlap from which a detection is a labelled face's. */
const matchOverlap = 0.4;
/** Least long side, in pixels, of a face that the detector missed. */
const leastMissed = 9;

/**
 * Collects the faces of labelled scenes at the detector's boxes, since these are what the classifier will see; a face that
 * the detector missed keeps the box of its label.
 */
export async function collectScenes(request: ScenesRequest): Promise<Collected> {
  const { labels, clusters, reserved, seed } = request;
  const set = basename(dirname(labels));
  const leftOut: LeftOut = { suspect: 0, reserved: 0, unreadable: 0 };
  const faces: FaceSource[] = [];
  const scenes = await readScenes(labels, request.say);
  scenes.forEach((scene, number) => {
    const stem = basename(scene.file, extname(scene.file));
    const group = clusters.get(stem) ?? stem;
    if (reserved.has(group)) {
      leftOut.reserved += scene.boxes.length;
      return;
    }
    const found = request.detections.get(scene.file) ?? [];
    const kept = scene.boxes.filter((face) => !isSuspect(face, set, scene, request));
    leftOut.suspect += scene.boxes.length - kept.length;
    const rejects = request.rejects ? rejectBoxes(scene, found, createRandom(mixSeed(seed, number))) : [];
    const parts = [
      ...matchDetections(kept, found),
      ...rejects.map((box) => ({ label: 'reject' as const, box, detected: true })),
    ];
    parts.forEach((part, i) =>
      faces.push({
        ...part,
        file: `${set}/${scene.file}#${i}`,
        group,
        source: set,
        picture: join(dirname(labels), 'images', scene.file),
      }),
    );
  });
  return { faces, leftOut };
}

/** Gives each labelled face the detection that overlaps it most, best pairs first. */
function matchDetections(
  labels: readonly SceneBox[],
  found: readonly Detection[],
): Pick<FaceSource, 'label' | 'box' | 'detected'>[] {
  const pairs = labels
    .flatMap((face) =>
      found.map((detection) => ({ face, detection, shared: overlap(face.box, detection.box) })),
    )
    .filter(({ shared }) => shared >= matchOverlap)
    .sort((a, b) => b.shared - a.shared);
  const taken = new Map<SceneBox, Detection>();
  const used = new Set<Detection>();
  for (const { face, detection } of pairs) {
    if (taken.has(face) || used.has(detection)) continue;
    taken.set(face, detection);
    used.add(detection);
  }
  return labels
    .map((face) => {
      const detection = taken.get(face);
      return { label: face.label, box: detection?.box ?? face.box, detected: detection !== undefined };
    })
    .filter(({ box, detected }) => detected || Math.max(box.width, box.height) >= leastMissed);
}

function isSuspect(
  { label, box }: SceneBox,
  set: string,
  scene: LabelledScene,
  { suspects }: Exclusions,
): boolean {
  const side = Math.min(box.width, box.height);
  return suspects.some(
    (suspect) =>
      suspect.file.endsWith(`${set}/images/${scene.file}`) &&
      suspect.label === label &&
      Math.abs(suspect.side - side) < 1,
  );
}
