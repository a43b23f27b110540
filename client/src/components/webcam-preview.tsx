import { useEffect, useRef, useState } from 'preact/hooks';
import { OverlayView } from '../media/overlay-view.js';
import { useServices } from '../services.js';

interface WebcamPreviewProps {
  readonly stream: MediaStream;
  /** Once it is sent: whose boxes to draw on it. */
  readonly cameraId: string | undefined;
}

/**
 * The webcam as it leaves this device, and once it is sent the newest boxes on it. A local preview has no RTP
 * timestamps, so the boxes trail a moving face by the time that analysis takes; the note says so.
 */
export function WebcamPreview({ stream, cameraId }: WebcamPreviewProps) {
  const { strings, overlays } = useServices();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [trailing, setTrailing] = useState(false);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    if (cameraId === undefined || !video.current || !canvas.current) return undefined;
    const view = new OverlayView({
      video: video.current,
      canvas: canvas.current,
      timeline: overlays.timelineOf(cameraId),
      words: strings.label,
      onTrailing: setTrailing,
    });
    return () => view.close();
  }, [cameraId, overlays, strings]);
  return (
    <div class="stage" data-testid="webcam-preview">
      <video ref={video} muted playsInline autoPlay aria-label={strings.publish.device} />
      <canvas ref={canvas} aria-hidden="true" />
      {trailing && cameraId !== undefined && <span class="badge stage-note">{strings.video.trailing}</span>}
    </div>
  );
}
