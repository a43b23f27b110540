import { useState } from 'preact/hooks';
import type { CameraView } from '../../../server/realtime/events.js';
import type { Zone, ZoneInput } from '../../../server/http/zone-api.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { VideoStage } from './video-stage.js';
import { changed, draftOf, newZone, undone, withZone, type ZoneDraft } from './zone-draft.js';
import { ZoneList } from './zone-list.js';
import { useZoneLooks } from './live-zones.js';
import { useZones } from './use-zones.js';
import type { ZoneChange } from './zone-handles.js';
import { ZoneShapes } from './zone-shapes.js';

const kinds = ['area', 'line', 'privacy'] as const;

/** A camera's video with what is drawn on it, the figures of the zones, and the editor. */
export function ZoneStage({ camera }: { readonly camera: CameraView }) {
  const { api, session, strings } = useServices();
  const t = strings.watch.zones;
  const { zones, failure: loadFailure, set: setZones } = useZones(camera.id);
  const lookOf = useZoneLooks(camera.id);
  const [draft, setDraft] = useState<ZoneDraft | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const problem = failure ?? loadFailure;
  const shown: readonly ZoneInput[] = draft?.zones ?? zones;
  const change = (index: number, become: ZoneChange, step = true): void =>
    setDraft((now) => {
      if (!now) return now;
      const old = now.zones[index];
      if (!old) return now;
      const next = withZone(now.zones, index, become(old));
      return step ? changed(now, next) : { ...now, zones: next };
    });
  const add = (kind: Zone['kind']): void =>
    setDraft((now) => {
      if (!now) return now;
      const taken = new Set(now.zones.map(({ name }) => name));
      let number = 1;
      while (taken.has(t.newName(t.kind[kind], number))) number += 1;
      return changed(now, [...now.zones, newZone(kind, t.newName(t.kind[kind], number))]);
    });
  const save = async (): Promise<void> => {
    if (!draft) return;
    try {
      setZones((await api.saveZones(camera.id, draft.zones)).zones);
      setDraft(undefined);
      setFailure(undefined);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <>
      <div class="zone-stage" data-editing={draft !== undefined}>
        <VideoStage camera={camera}>
          {(picture) => (
            <ZoneShapes
              zones={shown}
              picture={picture}
              lookOf={draft ? undefined : lookOf}
              onChange={draft && change}
            />
          )}
        </VideoStage>
      </div>
      <section class="zone-panel" aria-labelledby="zones-title" data-testid="zones">
        <header>
          <h2 id="zones-title">{t.title}</h2>
          {draft === undefined && session.can('admin') && (
            <button
              type="button"
              class="button button-small"
              onClick={() => {
                setFailure(undefined);
                setDraft(draftOf(zones));
              }}
            >
              {t.edit}
            </button>
          )}
          {draft !== undefined && (
            <div class="zone-tools">
              {kinds.map((kind) => (
                <button key={kind} type="button" class="button button-small" onClick={() => add(kind)}>
                  + {t.kind[kind]}
                </button>
              ))}
              <button
                type="button"
                class="button button-small"
                disabled={draft.past.length === 0}
                onClick={() => setDraft(undone(draft))}
              >
                {t.undo}
              </button>
              <button
                type="button"
                class="button button-small"
                onClick={() => {
                  setDraft(undefined);
                  setFailure(undefined);
                }}
              >
                {t.cancel}
              </button>
              <button type="button" class="button button-small button-primary" onClick={() => void save()}>
                {t.save}
              </button>
            </div>
          )}
        </header>
        {problem !== undefined && (
          <p class="notice notice-bad" role="alert">
            {problem}
          </p>
        )}
        {draft !== undefined && <p class="field-note">{t.help}</p>}
        <ZoneList cameraId={camera.id} zones={shown} onChange={draft && change} />
      </section>
    </>
  );
}
