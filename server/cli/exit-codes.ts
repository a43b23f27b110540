/** Exit codes of every command; documented in the README of this folder. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  damagedData: 3,
  missingDependency: 4,
  taken: 5,
} as const;
