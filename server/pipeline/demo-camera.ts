import type { CameraDesk } from '../cameras/camera-desk.js';
import type { FlagStore } from '../storage/flag-store.js';

const offered = 'demo-offered';

/**
 * Adds the demo camera once, where there is no other camera: after it was removed it does not come back.
 *
 * @param clip absolute path of the clip that set-up rendered; without it there is no demo
 */
export function addDemoCamera(
  desk: Pick<CameraDesk, 'add' | 'list'>,
  flags: FlagStore,
  clip: string | undefined,
): void {
  if (clip === undefined || desk.list().length > 0 || flags.get(offered) !== undefined) return;
  desk.add({ id: 'demo', name: 'Demo', url: clip, loop: true }, { demo: true });
  flags.set(offered, 'yes');
}
