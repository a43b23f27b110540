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

/** What went out on one connection to a camera. */
export interface SentBy {
  readonly camera: string;
  readonly pictures: SentPicture[];
}

/** Real RTSP cameras that replay a clip of faces, in a process of their own. */
export interface CameraFarm {
  readonly pid: number;
  /** The address of a camera; any name will do, each connection is a camera of its own. */
  url(name: string): string;
  /** The pictures that went out of late, by connection: a client may look at a camera before it plays it. */
  sent(): Promise<readonly SentBy[]>;
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
