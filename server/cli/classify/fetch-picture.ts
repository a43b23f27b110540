import { PictureError, decodePicture } from '../../../models/picture.js';
import type { RgbImage } from '../../../models/image.js';
import type { AddressPolicy } from '../../addresses/address-policy.js';
import { FetchError } from '../../addresses/fetch-error.js';
import { fetchUnder } from '../../addresses/fetch-under.js';
import type { FetchLimits } from '../../addresses/fetch-under.js';
import { RefusedAddressError } from '../../addresses/refused-address-error.js';
import { InputError } from './input-error.js';

/** What a picture of the web may cost: 25 MB and 15 s, three redirects. */
export const pictureLimits: FetchLimits = { timeoutMs: 15_000, maxBytes: 25e6, redirects: 3 };

/** Fetches a picture within a policy and limits, and decodes it. @throws InputError */
export async function fetchPicture(
  address: string,
  policy: AddressPolicy,
  limits: FetchLimits = pictureLimits,
): Promise<RgbImage> {
  try {
    const { status, body } = await fetchUnder(policy, address, limits, { headers: { accept: 'image/*' } });
    if (status !== 200) throw new InputError('http_status', `The server answers with status ${status}`);
    return await decodePicture(body);
  } catch (error) {
    const isKnown =
      error instanceof RefusedAddressError || error instanceof FetchError || error instanceof PictureError;
    throw isKnown ? new InputError(error.code, error.message, { cause: error }) : error;
  }
}
