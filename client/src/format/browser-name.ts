/** The more special first: each calls itself by the names of those after it, too. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Headless)?Chrom(e|ium)\/|\bCriOS\//],
  ['Safari', /\bSafari\//],
];
const systems: readonly (readonly [string, RegExp])[] = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
];

/**
 * What a browser and its system are called, from what it calls itself (`User-Agent`, RFC 9110 §10.1.5).
 *
 * @returns such as `Chrome, Linux`; the agent as it is where none of them is known
 */
export function browserName(agent: string): string {
  const named = [browsers, systems].map((list) => list.find(([, sign]) => sign.test(agent))?.[0]);
  return named.filter((name) => name !== undefined).join(', ') || agent;
}
