import { useEffect, useRef } from 'preact/hooks';
import type { Route } from '../router/route.js';
import { useServices } from '../services.js';
import { Icon, type IconName } from './icon.js';
import { RouteLink } from './route-link.js';

/** The pages that are wanted now and then, behind one button of the bar at the top. */
export function ToolsMenu() {
  const { session, strings, navigator } = useServices();
  const menu = useRef<HTMLDetailsElement>(null);
  const t = strings.tools;
  const path = navigator.route.value;
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [path]);
  useEffect(() => {
    const onPointer = ({ target }: Event): void => {
      if (menu.current && target instanceof Node && !menu.current.contains(target)) menu.current.open = false;
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, []);
  if (!session.can('view')) return null;
  const entries: readonly (readonly [Route, IconName, string])[] = [
    [{ view: 'history' }, 'history', strings.history.title],
    [{ view: 'try' }, 'picture', t.try.title],
    ...(session.can('operate') ? [[{ view: 'replay' }, 'replay', t.replay.title] as const] : []),
    [{ view: 'board' }, 'board', t.board.title],
    [{ view: 'notice' }, 'print', strings.history.notice],
    ...(session.can('operate') ? [[{ view: 'settings' }, 'sliders', t.settings.title] as const] : []),
  ];
  return (
    <details
      class="tools-menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        menu.current.open = false;
        menu.current.querySelector('summary')?.focus();
      }}
    >
      <summary class="icon-button" aria-label={t.menu}>
        <Icon name="menu" />
      </summary>
      <ul>
        {entries.map(([to, icon, title]) => (
          <li key={to.view}>
            <RouteLink to={to}>
              <Icon name={icon} /> {title}
            </RouteLink>
          </li>
        ))}
      </ul>
    </details>
  );
}
