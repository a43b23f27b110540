import { useEffect, useState } from 'preact/hooks';
import type { OverlayTimeline } from '../overlay/overlay-timeline.js';
import { useServices } from '../services.js';

/** How often the lag is told anew. */
const updateMs = 1000;
const stepMs = 10;

/** Says how far the boxes trail behind the picture while it is not held back. */
export function LowLatencyNote({ timeline }: { readonly timeline: OverlayTimeline }) {
  const t = useServices().strings.video;
  const [lagMs, setLagMs] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setLagMs(Math.round(timeline.trailingMs / stepMs) * stepMs), updateMs);
    return () => clearInterval(timer);
  }, [timeline]);
  return (
    <span class="badge stage-note" title={t.trailingByHint} data-testid="trailing">
      {t.trailingBy(lagMs)}
    </span>
  );
}
