/** One RTSP message (RFC 2326, section 4). */
export interface RtspMessage {
  /** `RTSP/1.0 200 OK`, or `PLAY rtsp://… RTSP/1.0`. */
  readonly start: string;
  /** In the order they came; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A message or one interleaved frame, with its four bytes of header. */
export type RtspItem = RtspMessage | Buffer;

/** The other side does not speak RTSP, or says more than any camera has reason to. */
export class RtspFormatError extends Error {
  override readonly name = 'RtspFormatError';
}

/** Bytes of a message without its body, and of a body, at most. */
const mostHeadBytes = 32 * 1024;
const mostBodyBytes = 256 * 1024;
const dollar = 0x24;

/** Cuts a stream of bytes into RTSP messages and interleaved frames; what it keeps is bounded. */
export class RtspReader {
  #rest: Buffer = Buffer.alloc(0);

  /** @throws RtspFormatError */
  push(chunk: Buffer): RtspItem[] {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const items: RtspItem[] = [];
    for (;;) {
      rest = skipNoise(rest);
      const taken = rest[0] === dollar ? takeFrame(rest) : takeMessage(rest);
      if (taken === undefined) break;
      items.push(taken.item);
      rest = rest.subarray(taken.length);
    }
    // A copy: a view would keep all of the chunk it was cut from.
    this.#rest = Buffer.from(rest);
    return items;
  }
}

/** The first value of a header. */
export function headerOf({ headers }: RtspMessage, name: string): string | undefined {
  return headers.find(([key]) => key === name)?.[1];
}

interface Taken {
  readonly item: RtspItem;
  readonly length: number;
}

function takeFrame(rest: Buffer): Taken | undefined {
  if (rest.length < 4) return undefined;
  const length = 4 + rest.readUInt16BE(2);
  return rest.length < length ? undefined : { item: rest.subarray(0, length), length };
}

function takeMessage(rest: Buffer): Taken | undefined {
  const end = rest.indexOf('\r\n\r\n');
  if (end < 0 || end > mostHeadBytes) {
    if (rest.length > mostHeadBytes) throw new RtspFormatError('a message without end');
    return undefined;
  }
  const [start = '', ...lines] = rest.toString('latin1', 0, end).split('\r\n');
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
  });
  const said = headers.find(([name]) => name === 'content-length')?.[1] ?? '0';
  const bytes = /^\d{1,9}$/.test(said) ? Number(said) : Infinity;
  if (bytes > mostBodyBytes) throw new RtspFormatError('a body without measure');
  const length = end + 4 + bytes;
  if (rest.length < length) return undefined;
  return { item: { start, headers, body: Buffer.from(rest.subarray(end + 4, length)) }, length };
}

/** Some cameras put stray bytes between frames: all up to the next frame or message is skipped. */
function skipNoise(rest: Buffer): Buffer {
  let at = 0;
  while (at < rest.length && rest[at] !== dollar && !isUpperCase(rest[at] ?? 0)) at += 1;
  return at === 0 ? rest : rest.subarray(at);
}

function isUpperCase(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}
