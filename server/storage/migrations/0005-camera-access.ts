import type { Migration } from '../migrate.js';

/** A place for sealed camera addresses; the camera store moves the credentials there when it opens. */
export const cameraAccess: Migration = {
  version: 5,
  name: 'camera access',
  sql: 'ALTER TABLE cameras ADD COLUMN access TEXT;',
};
