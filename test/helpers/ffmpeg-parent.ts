import { setTimeout as delay } from 'node:timers/promises';
import { decodeCommand } from '../../streams/ffmpeg/decode-command.js';
import { FfmpegProcess } from '../../streams/ffmpeg/ffmpeg-process.js';

/** Runs as a process of its own: starts two ffmpegs, prints their process ids and waits to be killed. */
const runs = [new FfmpegProcess(decodeCommand(64, 64)), new FfmpegProcess(decodeCommand(64, 64))];
while (runs.some(({ pid }) => pid === undefined)) await delay(10);
process.stdout.write(`${runs.map(({ pid }) => pid).join(' ')}\n`);
await Promise.all(runs.map(({ exited }) => exited));
