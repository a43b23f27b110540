import { execFile } from 'node:child_process';

/** How a program ended. */
export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the source of a module (TypeScript may be imported) in a process of its own. */
export function runModule(source: string, env: NodeJS.ProcessEnv = {}): Promise<ProgramResult> {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', source];
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 64e6 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, stdout, stderr });
    });
  });
}
