/** A source that ffmpeg opens by itself. */
export type MediaSource =
  | { readonly kind: 'rtsp'; readonly url: string; readonly transport: 'tcp' | 'udp' }
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string };

/** Options that must stand before `-i`, and its value. */
export interface SourceInput {
  readonly options: readonly string[];
  readonly input: string;
}

/**
 * What each kind of source may open, nested addresses (playlists, redirects) included. Without these lists a playlist
 * of a hostile server could name local files.
 */
const protocols: Readonly<Record<MediaSource['kind'], string>> = {
  rtsp: 'rtsp,rtp,udp,tcp,tls,srtp,crypto',
  http: 'http,https,tcp,tls,crypto',
  file: 'file',
};

/** Containers without power to name other files: no playlists, no concat scripts, no SDP. */
const fileFormats =
  'mov,mp4,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,ivf,h264,hevc,m4v,mpegvideo,mjpeg,mpjpeg,gif';

/** ffmpeg gives up on a silent connection after this; the supervisor's own time limits come first. */
const ioTimeoutUs = '15000000';

/** How ffmpeg and ffprobe open a source: typed fields in, an argument list out. */
export function sourceInput(source: MediaSource): SourceInput {
  const whitelist = ['-protocol_whitelist', protocols[source.kind]];
  switch (source.kind) {
    case 'rtsp':
      return {
        options: [
          ...whitelist,
          '-rtsp_transport',
          source.transport,
          // Audio is never used, and with two streams ffmpeg would shift timestamps at the first sender report.
          '-allowed_media_types',
          'video',
          '-timeout',
          ioTimeoutUs,
        ],
        input: source.url,
      };
    case 'http':
      return {
        options: [...whitelist, '-rw_timeout', ioTimeoutUs],
        input: source.url,
      };
    case 'file':
      return {
        options: [...whitelist, '-format_whitelist', fileFormats],
        // With the scheme in front no path can be taken for another protocol, such as "concat:a|b".
        input: `file:${source.path}`,
      };
  }
}
