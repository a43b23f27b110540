import type { AlertRule } from '../http/alert-api.js';
import type { Alert } from '../realtime/events.js';
import type { EvidenceEntry } from '../storage/evidence-store.js';

/** What a site says about pictures of a moment; the section `evidence` of the configuration. */
export interface EvidencePolicy {
  /** False keeps none, whatever a rule says. */
  readonly enabled: boolean;
  /** True keeps one with every alert, false with those whose rule asks for it. */
  readonly everyAlert: boolean;
  /** False leaves faces as they are. */
  readonly blur: boolean;
  readonly keepHours: number;
  readonly maxPictures: number;
  readonly maxMegabytes: number;
}

const hourMs = 3_600_000;

/** Whether an alert that was just raised is to have a picture. A camera without video has nothing to show. */
export function wantsPicture(
  policy: EvidencePolicy,
  rule: Pick<AlertRule, 'picture'>,
  kind: Alert['kind'],
): boolean {
  return policy.enabled && (policy.everyAlert || rule.picture === true) && kind !== 'camera-down';
}

/** When a picture taken now is deleted, in epoch milliseconds. */
export function keepUntil({ keepHours }: EvidencePolicy, takenAt: number): number {
  return takenAt + keepHours * hourMs;
}

/**
 * Which pictures are to go: those whose time is over, by what was said when they were taken or by a shorter time that the site
 * says now, and the oldest of those that are too many or too large together.
 *
 * @param kept the oldest first
 * @param now epoch milliseconds
 */
export function pictureSurplus(
  policy: EvidencePolicy,
  kept: readonly EvidenceEntry[],
  now: number,
): readonly EvidenceEntry[] {
  const over = kept.filter((entry) => Math.min(entry.keepUntil, keepUntil(policy, entry.takenAt)) <= now);
  const left = kept.filter((entry) => !over.includes(entry));
  const allBytes = left.reduce((sum, { bytes }) => sum + bytes, 0);
  const most = policy.maxMegabytes * 1e6;
  let [pictures, bytes] = [left.length, allBytes];
  const surplus = left.filter((entry) => {
    if (pictures <= policy.maxPictures && bytes <= most) return false;
    pictures--;
    bytes -= entry.bytes;
    return true;
  });
  return [...over, ...surplus];
}
