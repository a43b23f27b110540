import type { RtcSettings } from '../../../server/http/api.js';
import type { MaskwatchApi } from '../api/maskwatch-api.js';
import type { AppStore } from '../state/app-store.js';

/** The settings for WHIP and WHEP, read when first needed and then kept. Rejects with `ApiError`. */
export async function readRtcSettings(api: MaskwatchApi, store: AppStore): Promise<RtcSettings> {
  const known = store.rtc.peek();
  if (known) return known;
  const read = await api.rtc();
  store.rtc.value = read;
  return read;
}
