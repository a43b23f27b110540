import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useServices } from '../services.js';
import { gridOf } from '../state/wall-choice.js';
import { AlertStrip } from './alert-strip.js';
import { CameraTile } from './camera-tile.js';
import type { CameraDialogs } from './camera-actions.js';
import { Notices } from './notices.js';
import { useFullScreen } from './use-full-screen.js';
import { useWall } from './use-wall.js';
import { WallHelp } from './wall-help.js';
import { pressOnWall } from './wall-keys.js';
import { WallToolbar } from './wall-toolbar.js';

/** The pictures side by side, as they were chosen, with their tools; all of it can fill the screen. */
export function WallFrame({ dialogs }: { readonly dialogs: CameraDialogs }) {
  const { store, strings } = useServices();
  const wall = useWall();
  const frame = useRef<HTMLElement>(null);
  const { full, idle, toggle } = useFullScreen(frame);
  const [help, setHelp] = useState(false);
  const { cameras, choice } = wall;
  const grid = gridOf(choice.layout, cameras.length);
  const compact = full || choice.layout !== 'auto';
  useLayoutEffect(() => {
    // Keys work at once, without a click into the wall.
    if (full) frame.current?.focus();
  }, [full]);
  return (
    <section
      ref={frame}
      class="wall-frame"
      data-testid="wall-frame"
      data-full={full}
      data-idle={idle}
      tabIndex={-1}
      aria-labelledby="wall-title"
      onKeyDown={(event) => {
        const actions = {
          cameras: store.cameras.value,
          toggleFullScreen: toggle,
          help: () => setHelp(true),
        };
        if (pressOnWall(event, wall, actions)) event.preventDefault();
      }}
    >
      <h2 id="wall-title" class="visually-hidden">
        {strings.wall.title}
      </h2>
      <WallToolbar wall={wall} full={full} onFullScreen={toggle} onHelp={() => setHelp(true)} />
      <AlertStrip />
      {/* The page's own lie outside of what fills the screen: old figures must not pass for new ones there. */}
      {full && <Notices />}
      <div
        class="wall"
        data-testid="wall"
        data-count={cameras.length}
        data-layout={choice.layout}
        data-compact={compact}
        data-large={grid.large > 1}
        style={{ '--columns': grid.columns, '--rows': grid.rows, '--large': grid.large }}
      >
        {cameras.map((camera) => (
          <CameraTile
            key={camera.id}
            camera={camera}
            dialogs={dialogs}
            compact={compact}
            zones={choice.zones}
          />
        ))}
      </div>
      {help && <WallHelp onClose={() => setHelp(false)} />}
    </section>
  );
}
