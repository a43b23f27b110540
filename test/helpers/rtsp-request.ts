/** One RTSP request (RFC 2326, section 6); header names in lower case. */
export interface RtspRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Takes whole requests off the front of what a client has sent; interleaved frames (its RTCP) are skipped.
 *
 * @returns the requests, and the bytes that are left over
 */
export function takeRequests(received: Buffer): { requests: RtspRequest[]; rest: Buffer } {
  const requests: RtspRequest[] = [];
  let rest = received;
  for (;;) {
    if (rest[0] === 0x24) {
      if (rest.length < 4 || rest.length < 4 + rest.readUInt16BE(2)) return { requests, rest };
      rest = rest.subarray(4 + rest.readUInt16BE(2));
      continue;
    }
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return { requests, rest };
    const [first = '', ...lines] = rest.toString('latin1', 0, end).split('\r\n');
    const [method = '', url = ''] = first.split(' ');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    requests.push({ method, url, headers });
    rest = rest.subarray(end + 4);
  }
}
