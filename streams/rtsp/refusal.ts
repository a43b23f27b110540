import { RelayError } from '../relay/relay-problem.js';

/** What an answer other than 200 means (RFC 2326, section 11), in plain words. */
export function refusalOf(status: number): RelayError {
  if (status === 401) return new RelayError('unauthorised', '401 from camera');
  if (status === 403) return new RelayError('unauthorised', '403 from camera');
  if (status === 404 || status === 454) return new RelayError('not-found', 'no such stream (404)');
  if (status >= 300 && status < 400) {
    return new RelayError(
      'forbidden-address',
      'the camera redirects to another address, which is not followed',
    );
  }
  if (status >= 500) return new RelayError('other', 'the camera reports an error of its own (5xx)');
  return new RelayError('unreadable', `${status} from camera`);
}
