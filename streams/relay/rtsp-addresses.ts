import { isRtspAddress, resolveControl } from './rtsp-control.js';

/**
 * Gives ffmpeg addresses of ours for those of a camera: `<local>` for the presentation, `<local>/t0` and so on for its
 * tracks. ffmpeg never learns where the camera is, nor what its address carries.
 */
export class RtspAddresses {
  readonly #upstream = new Map<string, string>();
  readonly #tracks: string[] = [];
  readonly #base: string;

  /** @param base the camera's address, without user and password */
  constructor(base: string) {
    this.#base = base;
    this.#upstream.set('', base);
  }

  /**
   * The camera's address for one that ffmpeg asks for.
   *
   * @param rest what stands behind our own address in it, such as `/t0`
   */
  upstream(rest: string): string | undefined {
    return this.#upstream.get(rest.replace(/\/$/, ''));
  }

  /**
   * Rewrites a session description: its control addresses become ours, relative; connection addresses lose their meaning.
   *
   * @param contentBase the camera's `Content-Base`
   */
  rewrite(sdp: string, contentBase: string | undefined): string {
    const base = contentBase !== undefined && isRtspAddress(contentBase) ? contentBase : this.#base;
    this.#upstream.set('', base);
    let media = false;
    const lines = sdp.split(/\r?\n/).flatMap((line): string[] => {
      if (line.startsWith('m=')) media = true;
      if (line.startsWith('c=')) return ['c=IN IP4 0.0.0.0'];
      const control = /^a=control:\s*(.*?)\s*$/i.exec(line)?.[1];
      if (control === undefined) return [line];
      const address = resolveControl(base, control);
      if (media) return [`a=control:${this.#track(address)}`];
      this.#upstream.set('', address);
      return [];
    });
    return lines.join('\r\n');
  }

  #track(address: string): string {
    const known = this.#tracks.indexOf(address);
    const index = known < 0 ? this.#tracks.push(address) - 1 : known;
    this.#upstream.set(`/t${index}`, address);
    return `t${index}`;
  }
}
