import type { AnalysisPool, AnalysisPoolOptions } from './pool-contract.js';

/**
 * Starts the analysis processes.
 *
 * @returns at once; `ready` tells when the processes have loaded their models
 */
export function createAnalysisPool(options: AnalysisPoolOptions): AnalysisPool {
  throw new Error(`not built yet: ${options.processes} analysis processes`);
}
