import { exitCodes } from '../exit-codes.js';
import type { Finding } from './finding.js';

/**
 * The exit code for what was found: 4 when a dependency is missing, 3 when data are damaged, 2 when the configuration is wrong,
 * 5 when the port is taken, 1 when something else does not work, in this order; otherwise 0.
 */
export function doctorExitCode(findings: readonly Pick<Finding, 'state' | 'trouble'>[]): number {
  const failed = findings.filter(({ state }) => state === 'failed');
  const troubled = (trouble: Finding['trouble']): boolean => failed.some((one) => one.trouble === trouble);
  if (findings.some(({ state }) => state === 'missing')) return exitCodes.missingDependency;
  if (troubled('damaged')) return exitCodes.damagedData;
  if (troubled('configuration')) return exitCodes.usage;
  if (troubled('taken')) return exitCodes.taken;
  return failed.length > 0 ? exitCodes.failure : exitCodes.ok;
}
