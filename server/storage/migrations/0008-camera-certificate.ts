import type { Migration } from '../migrate.js';

/** Which certificate of a camera over TLS is taken, where it is not one of a known authority. */
export const cameraCertificate: Migration = {
  version: 8,
  name: 'camera certificate',
  sql: 'ALTER TABLE cameras ADD COLUMN certificate TEXT;',
};
