import { type Caller, sees } from '../access/caller.js';

/** The cameras that a caller asks for, without those that do not exist for it. `*` means all that do. */
export function visibleCameras(caller: Caller, asked: readonly string[] | '*'): readonly string[] | '*' {
  if (caller.cameras === undefined) return asked;
  return asked === '*' ? [...caller.cameras] : asked.filter((id) => sees(caller, id));
}
