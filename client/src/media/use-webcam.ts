import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { webcamTrouble, type WebcamTrouble } from './webcam-error.js';

/** The webcam as a view sees it. */
export interface Webcam {
  /** The picture; undefined until the user allows it. */
  readonly stream: MediaStream | undefined;
  readonly devices: readonly MediaDeviceInfo[];
  /** The device in use. */
  readonly deviceId: string | undefined;
  readonly trouble: WebcamTrouble | { readonly message: string } | undefined;
  /** Uses another device. */
  choose(deviceId: string): void;
  /** Asks again, as after the user changed the permission. */
  retry(): void;
  /** Leaves the stream to the caller: it goes on when the view ends. */
  handOver(): void;
}

/** What is asked of the browser: enough for faces, and no sound. */
const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };

/**
 * Opens the webcam for a preview and closes it when the view ends.
 *
 * @param active false while another part has the webcam
 */
export function useWebcam(active: boolean): Webcam {
  const [deviceId, setDeviceId] = useState<string>();
  const [stream, setStream] = useState<MediaStream>();
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  const [trouble, setTrouble] = useState<Webcam['trouble']>();
  const [attempt, setAttempt] = useState(0);
  const [held] = useState(() => new Set<MediaStream>());

  useEffect(() => {
    if (!active) return undefined;
    let left = false;
    let mine: MediaStream | undefined;
    const release = (): void => {
      if (mine && held.delete(mine)) for (const track of mine.getTracks()) track.stop();
    };
    openWebcam(deviceId).then(
      async (opened) => {
        mine = opened;
        held.add(opened);
        if (left) {
          release();
          return;
        }
        setTrouble(undefined);
        setStream(opened);
        const all = await navigator.mediaDevices.enumerateDevices();
        setDevices(all.filter((device) => device.kind === 'videoinput'));
      },
      (error: unknown) => {
        if (!left) setTrouble(troubleOf(error));
      },
    );
    return () => {
      left = true;
      release();
      setStream(undefined);
    };
  }, [active, deviceId, attempt, held]);

  return {
    stream,
    devices,
    deviceId: deviceId ?? stream?.getVideoTracks()[0]?.getSettings().deviceId,
    trouble,
    choose: setDeviceId,
    retry: () => setAttempt(attempt + 1),
    handOver: () => held.clear(),
  };
}

async function openWebcam(deviceId: string | undefined): Promise<MediaStream> {
  if (!isSecureContext) throw new DOMException('not a secure context', 'InsecureContext');
  const device = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...wanted, ...device } });
}

function troubleOf(error: unknown): Webcam['trouble'] {
  if (error instanceof DOMException && error.name === 'InsecureContext') return 'insecure';
  return webcamTrouble(error) ?? { message: messageOf(error) };
}
