import { runAnalysis } from '../../../server/analysis/process/run-analysis.js';
import { loadStubModels } from './stub-models.js';

runAnalysis(loadStubModels);
