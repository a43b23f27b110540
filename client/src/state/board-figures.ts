import type { PeopleCounts } from '../../../server/realtime/events.js';
import type { AppStore } from './app-store.js';
import { allPeople, complianceOf, decidedPeople } from './people.js';

/** What the display board shows. */
export interface BoardFigures {
  /** 0..1, or null where nobody in view has a decided state. */
  readonly complianceNow: number | null;
  readonly complianceToday: number | null;
  readonly peopleNow: number;
  readonly peopleToday: number;
  /** Of the decided people in view: how many wear a mask correctly. */
  readonly maskNow: number;
  readonly decidedNow: number;
}

/** The board's figures from people by state. */
export function boardFigures(inView: PeopleCounts, today: PeopleCounts): BoardFigures {
  return {
    complianceNow: complianceOf(inView),
    complianceToday: complianceOf(today),
    peopleNow: allPeople(inView),
    peopleToday: allPeople(today),
    maskNow: inView.mask,
    decidedNow: decidedPeople(inView),
  };
}

/** The figures of one camera, or of all; undefined where there are none yet. */
export function figuresFor(store: AppStore, cameraId: string | undefined): BoardFigures | undefined {
  if (cameraId === undefined) return boardFigures(store.kpis.value.inView, store.kpis.value.today);
  const counts = store.live.value.counts.get(cameraId);
  return counts && boardFigures(counts.inView, counts.today);
}
