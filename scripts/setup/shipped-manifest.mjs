/**
 * The `package.json` that is shipped: without what only a clone has.
 *
 * @param {Record<string, unknown>} manifest of the clone
 */
export function shippedManifest(manifest) {
  // The folder that is packed holds exactly what is shipped, so it needs no list of files.
  const leftOut = ['devDependencies', 'files', 'private', 'scripts'];
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !leftOut.includes(key)));
}

/**
 * The lock file of the shipped package: what is only needed for building and testing is left out.
 *
 * @param {{ lockfileVersion: number, packages: Record<string, { dev?: boolean }> }} lock
 * @param {{ name: string, version: string }} manifest as it is shipped
 */
export function shrinkwrapOf({ lockfileVersion, packages }, manifest) {
  const { name, version, license, dependencies, bin, engines } = manifest;
  const kept = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  return {
    name,
    version,
    lockfileVersion,
    requires: true,
    packages: Object.fromEntries([['', { name, version, license, dependencies, bin, engines }], ...kept]),
  };
}
