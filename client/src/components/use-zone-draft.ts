import { useState } from 'preact/hooks';
import type { ZoneInput, ZoneKind } from '../../../server/http/zone-api.js';
import { useServices } from '../services.js';
import { changed, draftOf, newZone, undone, withZone, type ZoneDraft } from './zone-draft.js';
import type { ZoneChange } from './zone-handles.js';

/** Zones as they are being drawn, and what can be done with them. */
export interface ZoneDrawing {
  /** Undefined while nothing is drawn. */
  readonly draft: ZoneDraft | undefined;
  /** Begins to draw with these. */
  readonly begin: (zones: readonly ZoneInput[]) => void;
  /** Ends the drawing; what was drawn is forgotten. */
  readonly end: () => void;
  readonly add: (kind: ZoneKind) => void;
  /** `step` begins something that is undone as one; true where absent. */
  readonly change: (index: number, become: ZoneChange, step?: boolean) => void;
  readonly undo: () => void;
}

/** Draws zones: each change starts from the newest, since keys may come faster than pictures of them. */
export function useZoneDraft(first?: readonly ZoneInput[]): ZoneDrawing {
  const t = useServices().strings.watch.zones;
  const [draft, setDraft] = useState<ZoneDraft | undefined>(() => first && draftOf(first));
  return {
    draft,
    begin: (zones) => setDraft(draftOf(zones)),
    end: () => setDraft(undefined),
    add: (kind) =>
      setDraft((now) => {
        if (!now) return now;
        const taken = new Set(now.zones.map(({ name }) => name));
        let number = 1;
        while (taken.has(t.newName(t.kind[kind], number))) number += 1;
        return changed(now, [...now.zones, newZone(kind, t.newName(t.kind[kind], number))]);
      }),
    change: (index, become, step = true) =>
      setDraft((now) => {
        const old = now?.zones[index];
        if (!now || !old) return now;
        const next = withZone(now.zones, index, become(old));
        return step ? changed(now, next) : { ...now, zones: next };
      }),
    undo: () => setDraft((now) => now && undone(now)),
  };
}
