import type { DropReason } from '../../../server/http/api.js';
import type { CameraView } from '../../../server/realtime/events.js';
import { formatCount, formatDecimal } from '../format/numbers.js';
import { useServices } from '../services.js';

/** Makes sure by its type that no reason is left out. */
const dropOrder: Readonly<Record<DropReason, number>> = {
  rate: 0,
  stale: 1,
  'decoder-full': 2,
  'no-keyframe': 3,
  undecodable: 4,
};

/** How the stream and its analysis are doing: rates, latency, and where frames went. */
export function CameraStats({ camera }: { readonly camera: CameraView }) {
  const { store, strings, locale } = useServices();
  const t = strings.page;
  const figures = store.health.value?.cameras.find((entry) => entry.id === camera.id);
  const { video, reconnects } = camera.status;
  const rows: (readonly [string, string])[] = [];
  if (video) {
    const rate = video.fps > 0 ? `, ${t.perSecond(formatDecimal(video.fps, locale))}` : '';
    rows.push([t.video, `${video.width}×${video.height}${rate}`], [t.codec, video.cameraCodec.toUpperCase()]);
    if (video.transcodedBecause !== undefined)
      rows.push([strings.camera.transcoded, video.transcodedBecause]);
  }
  rows.push([t.reconnects, formatCount(reconnects, locale)]);
  if (figures) {
    const { frames, latencyMs } = figures;
    const ms = (value: number): string => formatCount(Math.round(value), locale);
    rows.push(
      [t.viewers, formatCount(figures.viewers, locale)],
      [t.analysedFps, t.perSecond(formatDecimal(figures.analysedFps, locale))],
      [t.latency, `${ms(latencyMs.p50)} / ${ms(latencyMs.p95)} ms`],
      [t.received, formatCount(frames.received, locale)],
      [t.processed, formatCount(frames.processed, locale)],
      ...reasons().map(
        (reason) => [`${t.dropped}: ${t.drop[reason]}`, formatCount(frames.dropped[reason], locale)] as const,
      ),
      [t.lost, formatCount(frames.lost, locale)],
    );
  }
  return (
    <>
      <dl class="facts" data-testid="camera-stats">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!figures && <p class="quiet">{t.statsLoading}</p>}
    </>
  );
}

function reasons(): readonly DropReason[] {
  const names = Object.keys(dropOrder) as DropReason[];
  return names.sort((a, b) => dropOrder[a] - dropOrder[b]);
}
