import { ApiError, messageOf } from '../api/api-error.js';
import type { Strings } from '../strings/en.js';

/** Why a picture was not judged, in the user's words. */
export function tryFailure(error: unknown, words: Strings['tools']['try']['failure']): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  switch (error.code) {
    case 'unsupported-media-type':
    case 'not-an-image':
      return words.notImage;
    case 'upload-too-large':
    case 'too-large':
      return words.tooLarge;
    case 'damaged':
      return words.damaged;
    case 'address-refused':
      return words.refused(error.message);
    case 'fetch-failed':
      return words.notFetched(error.message);
    case 'busy':
      return words.busy;
    default:
      return error.message;
  }
}
