import type { Finding } from './finding.js';
import { fine } from './finding.js';

/** The lists that ffmpeg prints of what was compiled into it. */
export const abilityKinds = [
  'protocols',
  'demuxers',
  'muxers',
  'decoders',
  'encoders',
  'filters',
  'bsfs',
] as const;

/** One of these lists. */
export type AbilityKind = (typeof abilityKinds)[number];

/** What ffmpeg prints, list by list. */
export type AbilityLists = Readonly<Record<AbilityKind, string>>;

interface Ability {
  readonly kind: AbilityKind;
  /** Any of these will do. */
  readonly names: readonly string[];
  /** What does not work without it. */
  readonly without: string;
  /** False where the product works without, for whoever has no such camera. */
  readonly vital: boolean;
}

const vital = (kind: AbilityKind, names: readonly string[], without: string): Ability[] =>
  names.map((name) => ({ kind, names: [name], without, vital: true }));
const useful = (kind: AbilityKind, names: readonly string[], without: string): Ability => ({
  kind,
  names,
  without,
  vital: false,
});

/** What our command lines ask of ffmpeg (`streams/ffmpeg`, `streams/decode`). */
const abilities: readonly Ability[] = [
  ...vital('protocols', ['file', 'pipe', 'tcp', 'udp', 'rtp', 'http'], 'sources'),
  useful('protocols', ['crypto'], 'encrypted playlists'),
  ...vital('demuxers', ['rtsp'], 'RTSP cameras'),
  ...vital('demuxers', ['ivf'], 'analysis'),
  ...vital('demuxers', ['mov', 'matroska', 'mpegts', 'concat'], 'files'),
  useful('demuxers', ['mpjpeg'], 'Motion JPEG over HTTP'),
  useful('demuxers', ['hls', 'applehttp'], 'playlists over HTTP'),
  ...vital('muxers', ['rtp'], 'live video'),
  ...vital('muxers', ['rawvideo'], 'analysis'),
  ...vital('decoders', ['h264', 'vp8', 'mjpeg', 'mpeg4'], 'analysis'),
  useful('decoders', ['hevc'], 'H.265 cameras'),
  useful('decoders', ['vp9', 'libvpx-vp9'], 'VP9 sources'),
  useful('decoders', ['libdav1d', 'libaom-av1'], 'AV1 sources'),
  ...vital('encoders', ['libx264'], 'cameras that are transcoded, and privacy areas'),
  ...vital('encoders', ['rawvideo'], 'analysis'),
  ...vital('filters', ['select', 'scale', 'format', 'showinfo'], 'analysis'),
  ...vital('filters', ['drawbox'], 'privacy areas'),
  ...vital('bsfs', ['h264_mp4toannexb', 'dump_extra'], 'live video'),
];

/** Whether ffmpeg was built with all that is asked of it. */
export function abilityFinding(lists: AbilityLists): Finding {
  const name = 'ffmpeg build';
  const lacking = abilities.filter(({ kind, names }) => !names.some((one) => isListed(lists[kind], one)));
  if (lacking.length === 0) return fine(name, 'has every protocol, format, codec and filter that is used');
  const parts = lacking.map(
    ({ kind, names, without }) => `${names.join(' or ')} (${kind}; no ${without} without)`,
  );
  return {
    name,
    state: lacking.some((one) => one.vital) ? 'missing' : 'warning',
    detail: `not compiled in: ${parts.join(', ')}`,
    remedy: 'install a full build of ffmpeg, for example Debian’s: sudo apt-get install ffmpeg',
  };
}

/** A line names one thing, or several with commas, after flags: ` D  mov,mp4,m4a  QuickTime`. */
function isListed(list: string, name: string): boolean {
  return list.split('\n').some((line) => {
    const [first = '', second = ''] = line.trim().split(/\s+/);
    return [first, second].some((word) => word.split(',').includes(name));
  });
}
