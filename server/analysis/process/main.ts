import { loadModels } from './load-models.js';
import { runAnalysis } from './run-analysis.js';

runAnalysis(loadModels);
