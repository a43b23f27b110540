import { setPriority } from 'node:os';
import type { TryoutJob, TryoutNews } from '../messages.js';
import { TryoutModels } from './tryout-models.js';
import { runJob } from './run-job.js';

/** Cameras come first: what is tried out gets the time they leave. */
const lowPriority = 10;

setPriority(lowPriority);
const models = new TryoutModels();
const tell = (news: TryoutNews): void => {
  if (process.connected) process.send?.(news);
};
process.on('message', (job) => void runJob(job as TryoutJob, models, tell));
process.once('disconnect', () => process.exit(0));
