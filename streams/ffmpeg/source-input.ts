/** What ffmpeg opens: a way of the relay to a camera, or a file. No address of a camera, let alone its credentials. */
export type MediaSource =
  | { readonly kind: 'rtsp'; readonly url: string }
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string };

/** Options that must stand before `-i`, its value, and what goes to standard input. */
export interface SourceInput {
  readonly options: readonly string[];
  readonly input: string;
  readonly stdin?: string;
}

/**
 * What each kind of source may open, nested addresses (playlists, redirects) included: for cameras no more than the way
 * to the relay. Without these lists a playlist of a hostile server could name local files.
 */
const protocols: Readonly<Record<MediaSource['kind'], string>> = {
  rtsp: 'rtsp,rtp,tcp',
  http: 'http,tcp,crypto',
  file: 'file',
};

/** Containers without power to name other files: no playlists, no concat scripts, no SDP. */
const fileFormats =
  'mov,mp4,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,ivf,h264,hevc,m4v,mpegvideo,mjpeg,mpjpeg,gif';

/** What may come over HTTP: the same, playlists with our own addresses and what they name, and single pictures. */
const httpFormats = `${fileFormats},hls,applehttp,aac,ac3,mp3,webvtt,jpeg_pipe,png_pipe`;

/** ffmpeg gives up on a silent connection after this; the supervisor's own time limits come first. */
const ioTimeoutUs = '15000000';

/** Size of a looping file's script: enough for hours of a short clip; when it ends, the supervisor starts again. */
const scriptCharacters = 1_000_000;

/** How ffmpeg and ffprobe open a source: typed fields in, an argument list out. */
export function sourceInput(source: MediaSource): SourceInput {
  return { options: sourceOptions(source, false), input: inputOf(source) };
}

/**
 * How ffmpeg reads a file again and again without a gap: as a concat script on standard input. (`-stream_loop` ends the
 * bitstream filters of copied video with the first round.)
 */
export function loopedInput(source: MediaSource): SourceInput {
  const line = `file '${inputOf(source).replaceAll("'", String.raw`'\''`)}'\n`;
  return {
    options: [...sourceOptions(source, true), '-f', 'concat', '-safe', '0'],
    input: 'pipe:0',
    stdin: `ffconcat version 1.0\n${line.repeat(Math.ceil(scriptCharacters / line.length))}`,
  };
}

function inputOf(source: MediaSource): string {
  // With the scheme in front no path can be taken for another protocol, such as "concat:a|b".
  return source.kind === 'file' ? `file:${source.path}` : source.url;
}

function sourceOptions(source: MediaSource, looped: boolean): string[] {
  const whitelist = ['-protocol_whitelist', (looped ? 'pipe,' : '') + protocols[source.kind]];
  const timeout = looped ? [] : ['-rw_timeout', ioTimeoutUs];
  switch (source.kind) {
    case 'rtsp':
      return [
        ...whitelist,
        '-rtsp_transport',
        'tcp',
        // Audio is never used, and with two streams ffmpeg would shift timestamps at the first sender report.
        '-allowed_media_types',
        'video',
        '-timeout',
        ioTimeoutUs,
      ];
    case 'http':
      return [...whitelist, '-format_whitelist', (looped ? 'concat,' : '') + httpFormats, ...timeout];
    case 'file':
      return [...whitelist, '-format_whitelist', (looped ? 'concat,' : '') + fileFormats];
  }
}
