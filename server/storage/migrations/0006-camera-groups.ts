import type { Migration } from '../migrate.js';

/** The group of a camera, by which the wall can be narrowed. */
export const cameraGroups: Migration = {
  version: 6,
  name: 'camera groups',
  sql: 'ALTER TABLE cameras ADD COLUMN group_name TEXT;',
};
