import type { RtcSettings } from '../../../server/http/api.js';

/** The browser's form of the server's settings. */
export function peerConfiguration(rtc: RtcSettings): RTCConfiguration {
  return {
    bundlePolicy: 'max-bundle',
    iceServers: rtc.iceServers.map(({ urls, username, credential }) => ({
      urls: [...urls],
      ...(username !== undefined && { username }),
      ...(credential !== undefined && { credential }),
    })),
  };
}
