import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Box } from '../../../models/image.js';
import type { CameraView } from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import { readRtcSettings } from '../live/rtc-settings.js';
import type { SessionState } from '../media/keep-session.js';
import { OverlayView } from '../media/overlay-view.js';
import { WhepPlayer } from '../media/whep-player.js';
import { useServices } from '../services.js';
import { Icon } from './icon.js';
import { LowLatencyNote } from './low-latency-note.js';
import { CountsOnlyCover, StageCover } from './stage-cover.js';
import { usePictureRect } from './use-picture-rect.js';

interface VideoStageProps {
  readonly camera: CameraView;
  /** What is drawn over the picture, given where it lies in CSS pixels of the stage. */
  readonly children?: ((picture: Box) => ComponentChildren) | undefined;
}

/** A camera's live video with the boxes on it, and what stands in its place while there is none. */
export function VideoStage({ camera, children }: VideoStageProps) {
  const { strings, overlays, api, store } = useServices();
  const t = strings.video;
  const frame = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const player = useRef<WhepPlayer | undefined>(undefined);
  /** For the player that is made only once the settings have come. */
  const lowLatencyNow = useRef(false);
  const [session, setSession] = useState<SessionState>({ phase: 'connecting' });
  const [playing, setPlaying] = useState(false);
  const [trailing, setTrailing] = useState(false);
  const [lowLatency, setLowLatency] = useState(false);
  const { width = 1280, height = 720 } = camera.status.video ?? {};
  const picture = usePictureRect(frame, video, { width, height });
  const watchable = camera.countsOnly !== true;
  const live = camera.status.state === 'live' && watchable;
  // Viewers stay connected while a camera comes and goes, so the player is started once and kept.
  const [started, setStarted] = useState(live);
  if (live && !started) setStarted(true);

  useEffect(() => {
    if (!started || !watchable || !video.current || !canvas.current) return undefined;
    const element = video.current;
    let closed = false;
    const timeline = overlays.timelineOf(camera.id);
    const view = new OverlayView({
      video: element,
      canvas: canvas.current,
      timeline,
      words: strings.label,
      onTrailing: setTrailing,
    });
    readRtcSettings(api, store).then(
      (rtc) => {
        if (closed) return;
        player.current = new WhepPlayer({
          cameraId: camera.id,
          video: element,
          rtc,
          latencyMs: () => timeline.latencyMs,
          onState: setSession,
        });
        player.current.setLowLatency(lowLatencyNow.current);
      },
      (error: unknown) => setSession({ phase: 'waiting', reason: messageOf(error) }),
    );
    return () => {
      closed = true;
      view.close();
      void player.current?.close();
      player.current = undefined;
    };
  }, [started, watchable, camera.id, strings, overlays, api, store]);

  useEffect(() => {
    lowLatencyNow.current = lowLatency;
    player.current?.setLowLatency(lowLatency);
  }, [lowLatency]);

  useEffect(() => {
    if (live) player.current?.retryNow();
  }, [live]);

  return (
    <div class="stage" ref={frame} data-testid="stage" data-session={session.phase} data-playing={playing}>
      <video
        ref={video}
        muted
        playsInline
        aria-label={t.of(camera.name)}
        onPlaying={() => setPlaying(true)}
        onEmptied={() => setPlaying(false)}
      />
      <canvas ref={canvas} aria-hidden="true" />
      {children?.(picture)}
      {watchable || camera.status.state !== 'live' ? (
        <StageCover camera={camera} session={session} playing={playing} />
      ) : (
        <CountsOnlyCover />
      )}
      <button
        type="button"
        class="icon-button stage-tool"
        aria-label={t.fullScreen}
        onClick={() => void toggleFullScreen(frame.current)}
      >
        <Icon name="expand" />
      </button>
      <button
        type="button"
        class="icon-button stage-tool stage-tool-second"
        aria-label={t.lowLatency}
        aria-pressed={lowLatency}
        onClick={() => setLowLatency(!lowLatency)}
      >
        <Icon name="bolt" />
      </button>
      {lowLatency && playing && !trailing && <LowLatencyNote timeline={overlays.timelineOf(camera.id)} />}
      {trailing && playing && (
        <span class="badge stage-note" title={t.trailingHint}>
          {t.trailing}
        </span>
      )}
    </div>
  );
}

/** The whole stage goes to full screen, so that the boxes come along. */
async function toggleFullScreen(stage: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await stage?.requestFullscreen();
}
