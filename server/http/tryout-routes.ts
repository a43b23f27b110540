import { z } from 'zod';
import type { AddressPolicy } from '../addresses/address-policy.js';
import { FetchError } from '../addresses/fetch-error.js';
import { fetchUnder } from '../addresses/fetch-under.js';
import { RefusedAddressError } from '../addresses/refused-address-error.js';
import { ClassifierError } from '../classifiers/classifier-error.js';
import type { ModelChoice, TriedPicture } from '../tryout/messages.js';
import type { TryoutDesk } from '../tryout/tryout-desk.js';
import { TryoutError } from '../tryout/tryout-error.js';
import { ProblemError } from './problem-error.js';
import { receiveBytes } from './receive-upload.js';
import { ok, type Reply, route, type Route } from './route.js';
import type { TriedPictureView } from './tryout-api.js';
import { triedPictureSchema } from './tryout-schemas.js';

/** What the routes need of the server. */
export interface TryoutPort {
  readonly desk: Pick<TryoutDesk, 'picture'>;
  /** The models that run now, with the classifier's name. */
  models(): Promise<{ readonly choice: ModelChoice; readonly classifier: string }>;
  /** Where pictures may be fetched from. */
  readonly pictures: AddressPolicy;
}

const pictures = { types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], maxBytes: 15e6 };
const fetchLimits = { timeoutMs: 8000, maxBytes: pictures.maxBytes, redirects: 2 };
const byAddress = z.strictObject({ url: z.string().min(1).max(2048) }).meta({ id: 'PictureAddress' });

/** Try a picture: what the models that run now make of an upload or of a picture of the web. Nothing is kept. */
export function tryoutRoutes(port: TryoutPort): Route[] {
  const answer = async (bytes: Uint8Array): Promise<Reply> => {
    const { choice, classifier } = await port.models();
    const result = await port.desk.picture({ type: 'picture', models: choice, bytes });
    return ok(toView(result, choice.detector, classifier));
  };
  return [
    route({
      method: 'post',
      path: '/api/try/picture',
      summary: 'What the models make of a picture; nothing is kept',
      answer: { status: 200, body: triedPictureSchema },
      permission: 'view',
      upload: pictures,
      handle: async ({ request }) => refusals(async () => answer(await receiveBytes(request, pictures))),
    }),
    route({
      method: 'post',
      path: '/api/try/url',
      summary: 'What the models make of a picture of the web, which the server fetches',
      answer: { status: 200, body: triedPictureSchema },
      permission: 'view',
      body: byAddress,
      handle: ({ body }) =>
        refusals(async () => {
          const { status, body: bytes } = await fetchUnder(port.pictures, body.url, fetchLimits);
          if (status !== 200) throw new ProblemError(502, 'fetch-failed', `The address answered ${status}.`);
          return answer(bytes);
        }),
    }),
  ];
}

function toView(result: TriedPicture, detector: string, classifier: string): TriedPictureView {
  return { ...result, shown: Buffer.from(result.shown).toString('base64'), detector, classifier };
}

/** Statuses of refusals by their code; whatever else a process tells is its failure. */
const statusOf = new Map([
  ['busy', 429],
  ['stopped', 503],
  ['too-slow', 503],
  ['not_an_image', 415],
  ['damaged', 422],
  ['too_large', 413],
  ['model-not-found', 404],
  ['model-refused', 409],
]);

/** Turns what the try-out refuses into problem documents. */
export async function refusals<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusedAddressError) {
      throw new ProblemError(400, 'address-refused', error.message, [
        { pointer: '/url', detail: error.message },
      ]);
    }
    if (error instanceof FetchError) throw new ProblemError(502, 'fetch-failed', error.message);
    if (error instanceof TryoutError || error instanceof ClassifierError) {
      const status = statusOf.get(error.code) ?? 500;
      throw new ProblemError(
        status,
        error.code.replaceAll('_', '-'),
        error.message,
        undefined,
        status === 429 ? 5 : undefined,
      );
    }
    throw error;
  }
}
