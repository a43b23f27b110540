import { loadModels } from './load-models.js';
import { serveModels } from './serve-models.js';

serveModels(loadModels);
