import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineFacts } from '../../../models/engine/engine.js';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

/** A 3x3 convolution of ones over three channels of ones. */
const rightResult = 27;

/** What the probe saw. */
interface Probe {
  readonly facts?: EngineFacts;
  readonly result?: number;
  /** Why TensorFlow could not be loaded. */
  readonly fallback?: string;
  /** Primitives that oneDNN said it executed. */
  readonly oneDnnRuns: number;
  /** How the probe ended, where it ended badly. */
  readonly end?: string;
}

/**
 * Runs a small convolution on the engine that analysis would use, in a process of its own.
 *
 * @param forceWasm true when the environment keeps TensorFlow out
 */
export async function engineFinding(forceWasm: boolean): Promise<{ finding: Finding; facts?: EngineFacts }> {
  const probe = await runProbe(forceWasm);
  const finding = judge(probe, forceWasm);
  return probe.facts === undefined ? { finding } : { finding, facts: probe.facts };
}

function judge(probe: Probe, forceWasm: boolean): Finding {
  const name = 'engine';
  const remedy = 'npm run setup';
  const { facts, result } = probe;
  if (facts === undefined) {
    return {
      name,
      state: 'failed',
      detail: `the engine does not start: ${probe.end ?? 'no answer'}`,
      remedy,
    };
  }
  if (result !== rightResult) {
    const detail = `a convolution gave ${String(result)} instead of ${rightResult}`;
    return { name, state: 'failed', detail, remedy };
  }
  if (facts.backend === 'wasm') {
    if (forceWasm) return fine(name, 'WebAssembly, as MASKWATCH_ENGINE asks for');
    const detail = `WebAssembly, several times slower than TensorFlow: ${probe.fallback ?? 'no TensorFlow here'}`;
    return { name, state: 'warning', detail, remedy };
  }
  const proof = probe.oneDnnRuns > 0;
  const detail = [
    `TensorFlow ${facts.tensorflow ?? 'of unknown version'}`,
    `oneDNN ${proof ? 'on' : 'off'}`,
    `${facts.threads} thread a process`,
    'a convolution gave the right result',
  ].join(', ');
  if (proof) return fine(name, detail);
  return { name, state: 'warning', detail, remedy: 'remove TF_ENABLE_ONEDNN_OPTS=0, or run "npm run setup"' };
}

async function runProbe(forceWasm: boolean): Promise<Probe> {
  const script = import.meta.url.endsWith('.ts') ? './engine-probe.ts' : './engine-probe.js';
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), forceWasm ? ['wasm'] : [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: 60_000,
  });
  let probe: Omit<Probe, 'oneDnnRuns'> = {};
  let output = '';
  let complaints = '';
  child.on('message', (part) => (probe = { ...probe, ...(part as Partial<Probe>) }));
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr
    ?.setEncoding('utf8')
    .on('data', (text: string) => (complaints = (complaints + text).slice(-2000)));
  const end = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
  });
  const oneDnnRuns = output.match(/^(onednn|dnnl)_verbose,.*exec,/gm)?.length ?? 0;
  const lastWords = /^\w*Error: .*$/m.exec(complaints)?.[0];
  return { ...probe, oneDnnRuns, end: lastWords ?? end };
}
