import { useState } from 'preact/hooks';
import type { CameraView } from '../../../server/realtime/events.js';
import type { ZoneInput } from '../../../server/http/zone-api.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { VideoStage } from './video-stage.js';
import { ZoneList } from './zone-list.js';
import { useZoneLooks } from './live-zones.js';
import { useZoneDraft } from './use-zone-draft.js';
import { useZones } from './use-zones.js';
import { ZoneShapes } from './zone-shapes.js';

const kinds = ['area', 'line', 'privacy'] as const;

/** A camera's video with what is drawn on it, the figures of the zones, and the editor. */
export function ZoneStage({ camera }: { readonly camera: CameraView }) {
  const { api, session, strings } = useServices();
  const t = strings.watch.zones;
  const { zones, failure: loadFailure, set: setZones } = useZones(camera.id);
  const lookOf = useZoneLooks(camera.id);
  const drawing = useZoneDraft();
  const { draft } = drawing;
  const change = draft && drawing.change;
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const problem = failure ?? loadFailure;
  const shown: readonly ZoneInput[] = draft?.zones ?? zones;
  const save = async (): Promise<void> => {
    if (!draft) return;
    try {
      setZones((await api.saveZones(camera.id, draft.zones)).zones);
      drawing.end();
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
              onChange={change}
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
                drawing.begin(zones);
              }}
            >
              {t.edit}
            </button>
          )}
          {draft !== undefined && (
            <div class="zone-tools">
              {kinds.map((kind) => (
                <button
                  key={kind}
                  type="button"
                  class="button button-small"
                  onClick={() => drawing.add(kind)}
                >
                  + {t.kind[kind]}
                </button>
              ))}
              <button
                type="button"
                class="button button-small"
                disabled={draft.past.length === 0}
                onClick={() => drawing.undo()}
              >
                {t.undo}
              </button>
              <button
                type="button"
                class="button button-small"
                onClick={() => {
                  drawing.end();
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
        <ZoneList cameraId={camera.id} zones={shown} onChange={change} />
      </section>
    </>
  );
}
