import { workerEntry } from '../../../models/worker-entry.js';
import { runAnalysis } from '../../../server/analysis/process/run-analysis.js';

runAnalysis(workerEntry(import.meta.url, 'stub-model-thread'));
