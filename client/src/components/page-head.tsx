import type { ComponentChildren } from 'preact';
import { useServices } from '../services.js';
import { Icon } from './icon.js';
import { RouteLink } from './route-link.js';

/** The head of a page: the way back, the title, and what belongs to the whole page. */
export function PageHead({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  const { strings } = useServices();
  return (
    <header class="page-head">
      <RouteLink to={{ view: 'wall' }} class="icon-button" label={strings.app.backToWall}>
        <Icon name="back" />
      </RouteLink>
      <h1>{title}</h1>
      {children}
    </header>
  );
}
