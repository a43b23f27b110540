import { randomUUID } from 'node:crypto';
import { setPriority } from 'node:os';
import { createDecoder } from '../../../streams/decode/decoder.js';
import { FrameMemory } from '../../../streams/decode/frame-memory.js';
import type { ToAnalysis } from '../messages.js';
import { AnalysisProcess } from './analysis-process.js';
import { ModelThread } from './model-thread.js';

/**
 * Packets and events are small and must go on at once, pictures take all that is left: where both want a core, the serving
 * process gets it first.
 */
const belowServing = 4;

/**
 * Makes this process an analysis process: the composition root of `main.ts`. It lives for as long as its channel to the
 * serving process does.
 *
 * @param models the module that the thread of the models begins with
 * @throws Error when the process was started without such a channel
 */
export function runAnalysis(models: URL): void {
  if (process.send === undefined)
    throw new Error('an analysis process is started by the server, not by hand');
  // What it starts, its threads and the decoders, comes after it in this, too.
  setPriority(belowServing);
  const send = process.send.bind(process);
  const memory = new FrameMemory();
  const analysis = new AnalysisProcess({
    // Once the channel is gone there is nobody to tell, and 'disconnect' follows.
    send: (message) => void send(message, undefined, undefined, () => undefined),
    analyser: new ModelThread(models, (spare) => {
      memory.give(spare);
    }),
    createDecoder: (options, handlers) => createDecoder({ ...options, memory }, handlers),
    newId: randomUUID,
  });
  process.on('message', (message) => {
    analysis.handle(message as ToAnalysis).catch(stop);
  });
  process.once('disconnect', () => {
    analysis.close().then(() => process.exit(0), stop);
  });
  // The server decides when to end; Ctrl+C in a terminal reaches the whole process group.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
}

/** Dies loudly: the server reads the reason and starts another process. */
function stop(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
