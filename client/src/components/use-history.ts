import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import {
  countRows,
  type HistoryRow,
  placesOf,
  type Span,
  spanQuery,
  zoneRows,
} from '../state/history-view.js';

/** A history as it is asked for. */
export interface HistoryChoice {
  readonly span: Span;
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
export function useHistory({ span, cameraId, place }: HistoryChoice): HistoryAnswer {
  const { api } = useServices();
  const [answer, setAnswer] = useState<Omit<HistoryAnswer, 'csv' | 'json'>>(unread);
  const [query, setQuery] = useState(() => spanQuery(span, Date.now()));
  useEffect(() => {
    const asked = spanQuery(span, Date.now());
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
  }, [span, cameraId, place]);
  const search = new URLSearchParams({
    from: String(query.from),
    to: String(query.to),
    bucket: query.bucket,
    ...(cameraId !== undefined && { camera: cameraId }),
  }).toString();
  const zones = place !== undefined;
  return {
    ...answer,
    csv: `${zones ? '/api/zones/history.csv' : '/api/counts.csv'}?${search}`,
    json: `${zones ? '/api/zones/history' : '/api/counts'}?${search}`,
  };
}

const unread = { rows: undefined, places: [], failure: undefined } as const;
