/** Media types that the server takes for clips, by the ending of the file's name. */
const types: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  ts: 'video/mp2t',
  avi: 'video/x-msvideo',
};

/** Browsers do not know all of the types, and name some of them differently: the ending of the name comes first. */
export function clipType(name: string, type: string): string {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  return types[ending] ?? (type || 'application/octet-stream');
}

/** For `<input accept>`. */
export const clipEndings = Object.keys(types)
  .map((ending) => `.${ending}`)
  .join(',');
