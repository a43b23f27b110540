import { redact } from '../../streams/ffmpeg/redact.js';
import { cleanData } from '../secrets/clean-data.js';
import type { KnownSecrets } from '../secrets/known-secrets.js';

/**
 * Takes secrets out of a line of JSON: those that are known, and what looks like one. The line stays JSON whatever it holds: a password
 * may end in a quote, and what stands between two of them must not swallow a third.
 */
export function redactLine(line: string, secrets: Pick<KnownSecrets, 'inText' | 'inJson'>): string {
  // Nearly every line is clean, and a look at the text costs little.
  if (secrets.inJson(redact(line)) === line) return line;
  return `${JSON.stringify(cleanData(JSON.parse(line), (text) => secrets.inText(redact(text))))}\n`;
}
