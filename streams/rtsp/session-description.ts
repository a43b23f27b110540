import { nalType, typeOfNal } from '../rtp/h264-nal.js';

/** The H.264 video that a camera describes (RFC 4566, RFC 6184, section 8.2). */
export interface DescribedVideo {
  /** The track's address as it stands there, whole or relative; empty where none is given. */
  readonly control: string;
  readonly payloadType: number;
  /** 0: single NAL units, 1: with aggregates and fragments, 2: interleaved. */
  readonly packetizationMode: number;
  /** Parameter sets that are told beforehand. */
  readonly parameterSets: readonly Buffer[];
  /** Pictures a second; 0 where it is not said. */
  readonly fps: number;
}

/** The described session. */
export interface SessionDescription {
  /** The address of the whole session; empty where none is given. */
  readonly control: string;
  /** The first video; `undefined` where there is none or it is no H.264. */
  readonly video: DescribedVideo | undefined;
}

const mostFps = 240;

/** Reads a session description; what it does not know it leaves out. */
export function parseSessionDescription(sdp: string): SessionDescription {
  const [session = [], ...media] = sections(sdp);
  const video = media.find(([first = '']) => /^m=video\s/i.test(first));
  return { control: attribute(session, 'control') ?? '', video: video && describedVideo(video) };
}

/** The lines of the session, then those of each medium. */
function sections(sdp: string): string[][] {
  const found: string[][] = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith('m=')) found.push([]);
    found.at(-1)?.push(line.trim());
  }
  return found;
}

function describedVideo(lines: readonly string[]): DescribedVideo | undefined {
  const map = lines
    .map((line) => /^a=rtpmap:(\d{1,3})\s+H264\/90000\b/i.exec(line)?.[1])
    .find((type) => type !== undefined);
  if (map === undefined) return undefined;
  const parameters = new Map(
    (lines.find((line) => line.toLowerCase().startsWith(`a=fmtp:${map} `)) ?? '')
      .replace(/^\S+\s*/, '')
      .split(';')
      .map((parameter): [string, string] => {
        const [name = '', ...value] = parameter.trim().split('=');
        return [name.toLowerCase(), value.join('=')];
      }),
  );
  const rate = Number(attribute(lines, 'framerate') ?? 0);
  return {
    control: attribute(lines, 'control') ?? '',
    payloadType: Number(map),
    packetizationMode: Number(parameters.get('packetization-mode') ?? 0),
    parameterSets: (parameters.get('sprop-parameter-sets') ?? '')
      .split(',')
      .map((set) => Buffer.from(set, 'base64'))
      .filter((nal) => [nalType.sps, nalType.pps].some((type) => type === typeOfNal(nal))),
    fps: rate > 0 && rate <= mostFps ? rate : 0,
  };
}

function attribute(lines: readonly string[], name: string): string | undefined {
  const start = `a=${name}:`;
  return lines
    .find((line) => line.toLowerCase().startsWith(start))
    ?.slice(start.length)
    .trim();
}
