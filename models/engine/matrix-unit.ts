import { readFileSync } from 'node:fs';

/**
 * Tells whether the processor multiplies matrices of bfloat16 in a unit of its own (Intel AMX), as Linux lists its features.
 * Only there are products of rounded numbers quicker: without that unit the rounding costs more than it saves.
 *
 * @param cpuInfo the file to read; for tests
 */
export function hasMatrixUnit(cpuInfo = '/proc/cpuinfo'): boolean {
  try {
    return /^flags\s*:.*\bamx_bf16\b/m.test(readFileSync(cpuInfo, 'latin1'));
  } catch {
    // No Linux, no such file: then nothing is known of such a unit.
    return false;
  }
}
