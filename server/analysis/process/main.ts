import { workerEntry } from '../../../models/worker-entry.js';
import { runAnalysis } from './run-analysis.js';

runAnalysis(workerEntry(import.meta.url, 'model-thread-main'));
