import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { arch, cpus, freemem, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const packageSchema = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** What runs here, in which version. @param root the project's folder */
export async function versionsOf(root: string): Promise<object> {
  const own = packageSchema.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const packages = await Promise.all(
    Object.keys(own.dependencies).map(async (name) => [name, await installed(root, name)] as const),
  );
  return {
    maskwatch: own.version,
    node: process.versions,
    system: { type: type(), release: release(), arch: arch(), distribution: await distribution() },
    machine: { cores: cpus().length, model: cpus()[0]?.model, memory: totalmem(), free: freemem() },
    ffmpeg: await ffmpegVersion(),
    packages: Object.fromEntries(packages),
  };
}

/** Looks below the project's folder, and beside it, where npm puts the dependencies of an installed package. */
async function installed(root: string, name: string): Promise<string> {
  for (const folder of [join(root, 'node_modules'), join(root, '..')]) {
    try {
      const text = await readFile(join(folder, name, 'package.json'), 'utf8');
      return packageSchema.parse(JSON.parse(text)).version;
    } catch {
      // Not here.
    }
  }
  return 'not found';
}

async function distribution(): Promise<string | undefined> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?(.*?)"?$/m.exec(text)?.[1];
}

/** Version and how it was built. */
async function ffmpegVersion(): Promise<string[]> {
  try {
    return (await run('ffmpeg', ['-version'], { timeout: 10_000 })).stdout.trim().split('\n');
  } catch {
    return [];
  }
}
