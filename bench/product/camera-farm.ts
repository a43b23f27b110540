import { HelperProcess } from './helper-process.js';

/** One kind of camera. */
export interface CameraKind {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** A picture as a camera sent it. */
export interface SentPicture {
  readonly timestamp: number;
  /** Milliseconds of the machine's monotonic clock. */
  readonly atMs: number;
}

/** Real RTSP cameras that replay a clip of faces, in a process of their own. */
export interface CameraFarm {
  readonly pid: number;
  /** The address of a camera; any name will do, each connection is a camera of its own. */
  url(name: string): string;
  /** The pictures that each camera sent of late, by name; those of its newest connection. */
  sent(): Promise<ReadonlyMap<string, readonly SentPicture[]>>;
  close(): Promise<void>;
}

/** Starts the cameras' process. */
export async function startCameraFarm(kind: CameraKind): Promise<CameraFarm> {
  const helper = new HelperProcess('./camera-farm-main.ts', [JSON.stringify(kind)]);
  const port = await helper.next<number>();
  return {
    pid: helper.pid,
    url: (name) => `rtsp://127.0.0.1:${port}/${name}`,
    sent: () => helper.ask('sent'),
    close: () => helper.close(),
  };
}
