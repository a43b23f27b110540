import { useEffect, useRef, useState } from 'preact/hooks';
import type { Box } from '../../../models/image.js';
import type { ZoneInput } from '../../../server/http/zone-api.js';
import { messageOf } from '../api/api-error.js';
import { containedRect } from '../overlay/picture-rect.js';
import { useServices } from '../services.js';
import { SelectField } from './field.js';
import type { ZoneDrawing } from './use-zone-draft.js';
import { ZoneList } from './zone-list.js';
import { ZoneShapes } from './zone-shapes.js';

interface ReplayZonesProps {
  readonly replayId: string;
  readonly drawing: ZoneDrawing;
}

const kinds = ['area', 'line'] as const;

/** The zones and lines that the next run counts by: those of a camera, or drawn on the clip's first picture. */
export function ReplayZones({ replayId, drawing }: ReplayZonesProps) {
  const { api, store, strings, tryout } = useServices();
  const t = strings.tools.replay;
  const words = strings.watch.zones;
  const [failure, setFailure] = useState<string>();
  const [pictureless, setPictureless] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const picture = useImageRect(stage, image);
  const zones = drawing.draft?.zones ?? [];

  async function takeFrom(cameraId: string): Promise<void> {
    if (cameraId === '') return;
    try {
      const { zones: known } = await api.zones(cameraId);
      // Privacy areas hide people from the models, which a clip that was recorded does not do.
      drawing.begin(known.filter(({ kind }) => kind !== 'privacy').map(withoutId));
      setFailure(undefined);
    } catch (error) {
      setFailure(messageOf(error));
    }
  }
  return (
    <section class="panel" aria-labelledby="replay-zones" data-testid="replay-zones">
      <header class="outbox-head">
        <h2 id="replay-zones">{t.zones}</h2>
        <div class="zone-tools">
          {kinds.map((kind) => (
            <button key={kind} type="button" class="button button-small" onClick={() => drawing.add(kind)}>
              + {words.kind[kind]}
            </button>
          ))}
          <button
            type="button"
            class="button button-small"
            disabled={drawing.draft?.past.length === 0}
            onClick={() => drawing.undo()}
          >
            {words.undo}
          </button>
        </div>
      </header>
      <p class="quiet">{t.zonesHint}</p>
      <div class="replay-zones">
        <div class="stage" ref={stage}>
          <img
            ref={image}
            src={tryout.pictureOf(replayId)}
            alt={t.firstPicture}
            hidden={pictureless}
            onError={() => setPictureless(true)}
          />
          {pictureless && <p class="stage-cover">{t.noPicture}</p>}
          <ZoneShapes zones={zones} picture={picture} onChange={drawing.change} />
        </div>
        <div>
          {store.cameras.value.length > 0 && (
            <SelectField label={t.zonesOf} value="" onChange={(id) => void takeFrom(id)}>
              <option value="">{t.zonesOwn}</option>
              {store.cameras.value.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
          {failure !== undefined && (
            <p class="notice notice-bad" role="alert">
              {failure}
            </p>
          )}
          {zones.length > 0 && (
            <>
              <p class="field-note">{words.help}</p>
              <ZoneList cameraId="" zones={zones} onChange={drawing.change} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}

/** What is drawn anew is a zone of its own. */
function withoutId({ name, kind, points, anchor = 'centre' }: ZoneInput): ZoneInput {
  return { name, kind, points, anchor };
}

/** Where the picture lies on its stage, in CSS pixels; the whole stage until it is there. */
function useImageRect(
  stage: { readonly current: HTMLElement | null },
  image: { readonly current: HTMLImageElement | null },
): Box {
  const [rect, setRect] = useState<Box>({ x: 0, y: 0, width: 0, height: 0 });
  useEffect(() => {
    const element = stage.current;
    const picture = image.current;
    if (!element || !picture) return undefined;
    const measure = (): void => {
      const size = { width: element.clientWidth, height: element.clientHeight };
      const own = { width: picture.naturalWidth, height: picture.naturalHeight };
      setRect(containedRect(size, own.width > 0 ? own : size));
    };
    const resizing = new ResizeObserver(measure);
    resizing.observe(element);
    picture.addEventListener('load', measure);
    measure();
    return () => {
      resizing.disconnect();
      picture.removeEventListener('load', measure);
    };
  }, []);
  return rect;
}
