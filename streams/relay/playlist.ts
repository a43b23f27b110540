/** Whether the first bytes of a body are those of an HLS playlist; players look at no others. */
export function isPlaylist(head: Buffer): boolean {
  return head.subarray(0, 7).toString('latin1') === '#EXTM3U';
}

/**
 * Replaces every address in an HLS playlist (RFC 8216).
 *
 * @param local our address for one of the playlist's; `undefined` takes the entry out
 */
export function rewritePlaylist(text: string, local: (address: string) => string | undefined): string {
  return text
    .split(/\r?\n/)
    .flatMap((line): string[] => {
      if (line.trim() === '') return [];
      if (!line.startsWith('#')) {
        const replaced = local(line.trim());
        return replaced === undefined ? [] : [replaced];
      }
      const tag = line.replaceAll(/URI="([^"]*)"/gi, (_, address: string) => {
        return `URI="${local(address) ?? ''}"`;
      });
      // A tag without its address is worse than none.
      return tag.includes('URI=""') ? [] : [tag];
    })
    .join('\n');
}
