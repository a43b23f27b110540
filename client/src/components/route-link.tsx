import type { ComponentChildren } from 'preact';
import { pathOf, type Route } from '../router/route.js';
import { useServices } from '../services.js';

interface RouteLinkProps {
  readonly to: Route;
  readonly class?: string;
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** A real link to a view, followed without loading the page again; new tabs and copying work as with any link. */
export function RouteLink({ to, label, children, class: className }: RouteLinkProps) {
  const { navigator } = useServices();
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigator.go(to);
  };
  return (
    <a href={pathOf(to)} class={className} aria-label={label} onClick={follow}>
      {children}
    </a>
  );
}
