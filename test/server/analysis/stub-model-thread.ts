import { serveModels } from '../../../server/analysis/process/serve-models.js';
import { loadStubModels } from './stub-models.js';

serveModels(loadStubModels);
