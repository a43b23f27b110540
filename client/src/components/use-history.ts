import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { type Span, spanQuery, type Step } from '../state/history-span.js';
import { countRows, type HistoryRow, placesOf, zoneRows } from '../state/history-view.js';

/** A history as it is asked for. */
export interface HistoryChoice {
  readonly span: Span;
  readonly step: Step;
  /** All cameras where undefined. */
  readonly cameraId: string | undefined;
  /** A key of `placesOf`; the whole picture where undefined. */
  readonly place: string | undefined;
}

/** What came of it. */
export interface HistoryAnswer {
  /** Undefined until it came. */
  readonly rows: readonly HistoryRow[] | undefined;
  /** Zones of the camera that have a history. */
  readonly places: readonly string[];
  readonly failure: string | undefined;
  /** Addresses of the same figures for download. */
  readonly csv: string;
  readonly json: string;
}

/** Reads a history, anew whenever another one is asked for. */
export function useHistory({ span, step, cameraId, place }: HistoryChoice): HistoryAnswer {
  const { api } = useServices();
  const [answer, setAnswer] = useState<Omit<HistoryAnswer, 'csv' | 'json'>>(unread);
  const [query, setQuery] = useState(() => spanQuery(span, step, Date.now()));
  useEffect(() => {
    const asked = spanQuery(span, step, Date.now());
    let current = true;
    setQuery(asked);
    setAnswer(unread);
    const zones = cameraId === undefined ? undefined : api.zoneHistory({ ...asked, camera: cameraId });
    const counts =
      place === undefined ? api.history({ ...asked, ...(cameraId && { camera: cameraId }) }) : undefined;
    Promise.all([zones, counts]).then(
      ([ofZones, ofCounts]) => {
        if (!current) return;
        const places = ofZones === undefined ? [] : placesOf(ofZones);
        const rows =
          ofCounts !== undefined ? countRows(ofCounts, cameraId) : ofZones && zoneRows(ofZones, place ?? '');
        setAnswer({ rows, places, failure: undefined });
      },
      (error: unknown) => {
        if (current) setAnswer({ rows: undefined, places: [], failure: messageOf(error) });
      },
    );
    return () => {
      current = false;
    };
  }, [span, step, cameraId, place]);
  const search = new URLSearchParams({
    from: String(query.from),
    to: String(query.to),
    bucket: query.bucket,
    ...(cameraId !== undefined && { camera: cameraId }),
  }).toString();
  const file = place === undefined ? '/api/counts' : '/api/zones/history';
  return {
    ...answer,
    csv: `${file}.csv?${search}`,
    json: `${file}.json?${search}`,
  };
}

const unread = { rows: undefined, places: [], failure: undefined } as const;
