/**
 * Why this Node cannot run the product, in one line; `undefined` when it can. Kept free of modern syntax that an old
 * Node would stumble over before it could say so.
 *
 * @param {string} version such as "20.20.2"
 */
export function nodeComplaint(version) {
  const [major, minor] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || major === 21 || major === 22;
  if (fits) return undefined;
  return `Maskwatch runs on Node 20.19 to 22; this is Node ${version}. Install Node 22 (for example "nvm install 22") and try again.`;
}
