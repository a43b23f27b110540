import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

/** A camera takes about ten open files, a viewer a few. */
const enoughFiles = 1024;
/** Each viewer and each webcam takes a port. */
const enoughPorts = 10;
/** More need not be tried to know that there are enough. */
const portsTried = 100;

/** Whether a program started from here may open as many files as cameras and viewers need. */
export async function openFilesFinding(): Promise<Finding> {
  return judgeOpenFiles(await readFile('/proc/self/limits', 'utf8').catch(() => ''));
}

/** @param limits as in Linux's `/proc/PID/limits`; empty where there are none */
export function judgeOpenFiles(limits: string): Finding {
  const name = 'open files';
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  if (soft === undefined) return fine(name, 'no limit is known');
  if (soft === 'unlimited' || Number(soft) >= enoughFiles) return fine(name, `${soft} at once`);
  const remedy = 'ulimit -n 16384, or LimitNOFILE=16384 in the systemd unit';
  return { name, state: 'warning', detail: `no more than ${soft} at once`, remedy };
}

/** Whether enough UDP ports of the configured range can be had for video. */
export async function mediaPortsFinding([low, high]: readonly [number, number]): Promise<Finding> {
  const name = 'media ports';
  const tried = Array.from({ length: Math.min(portsTried, high - low + 1) }, (_, index) => low + index);
  const free = (await Promise.all(tried.map(isFree))).filter(Boolean).length;
  if (free >= enoughPorts) return fine(name, `${low} to ${high}, ${free} of ${tried.length} tried are free`);
  const remedy = 'widen webrtc.portRange: each viewer and each webcam takes one';
  const detail = `only ${free} of ${low} to ${high} are free`;
  return { name, state: free === 0 ? 'failed' : 'warning', detail, remedy };
}

async function isFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port);
    await once(socket, 'listening');
    return true;
  } catch {
    // Taken, or not for this user: it cannot be had.
    return false;
  } finally {
    socket.close();
  }
}
