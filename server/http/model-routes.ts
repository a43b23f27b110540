import { z } from 'zod';
import { ClassifierError, type ClassifierErrorCode } from '../classifiers/classifier-error.js';
import { modelListSchema } from './answer-schemas.js';
import type { ModelList } from './api.js';
import { ProblemError } from './problem-error.js';
import { ok, type Reply, route, type Route } from './route.js';

/** What the model routes need of the server; refusals are `ClassifierError`. */
export interface ModelPort {
  list(): Promise<ModelList>;
  use(name: string): Promise<ModelList>;
  rollBack(): Promise<ModelList>;
}

const chosen = z.strictObject({ name: z.string().min(1).max(100) }).meta({ id: 'ModelChoice' });

const statusOf: Readonly<Record<ClassifierErrorCode, number>> = {
  'model-not-found': 404,
  'model-refused': 409,
  'model-exists': 409,
  'nothing-to-roll-back': 409,
  'model-change-under-way': 409,
};

/** The mask classifiers: those that there are, which one runs, another one, back to the one before. */
export function modelRoutes(models: ModelPort): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/models',
      summary: 'The mask classifiers, and which one runs',
      answer: { status: 200, body: modelListSchema },
      permission: 'view',
      handle: () => answer(models.list()),
    }),
    route({
      method: 'put',
      path: '/api/models/active',
      summary: 'Classify with another one from now on',
      answer: { status: 200, body: modelListSchema },
      permission: 'admin',
      body: chosen,
      handle: ({ body }) => answer(models.use(body.name)),
    }),
    route({
      method: 'post',
      path: '/api/models/rollback',
      summary: 'Go back to the one before',
      answer: { status: 200, body: modelListSchema },
      permission: 'admin',
      handle: () => answer(models.rollBack()),
    }),
  ];
}

async function answer(work: Promise<ModelList>): Promise<Reply> {
  try {
    return ok(await work);
  } catch (error) {
    if (!(error instanceof ClassifierError)) throw error;
    throw new ProblemError(statusOf[error.code], error.code, error.message);
  }
}
