/** The first channel of RTSP over TCP that a `Transport` header names; `undefined` for anything else. */
export function askedChannel(transport: string | undefined): number | undefined {
  const found = /interleaved=(\d{1,3})-(\d{1,3})/i.exec(transport ?? '');
  return found === null ? undefined : Number(found[1]);
}

/** Ports that a camera names in its answer to a SETUP over UDP. */
export function serverPorts(transport: string | undefined): { rtp: number; rtcp: number } | undefined {
  const found = /server_port=(\d{1,5})(?:-(\d{1,5}))?/i.exec(transport ?? '');
  if (found === null) return undefined;
  const rtp = Number(found[1]);
  const rtcp = found[2] === undefined ? rtp + 1 : Number(found[2]);
  return rtp > 0 && rtcp <= 65535 ? { rtp, rtcp } : undefined;
}
