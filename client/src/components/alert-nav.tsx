import { useServices } from '../services.js';
import { RouteLink } from './route-link.js';

const views = ['alerts', 'rules', 'sinks', 'outbox'] as const;
/** Those that only admins may see. */
const forAdmins: readonly string[] = ['sinks', 'outbox'];

/** The head of the pages about alerts. */
export function AlertNav({ current }: { readonly current: (typeof views)[number] }) {
  const { strings, session } = useServices();
  const t = strings.watch.alerts;
  const titles = { alerts: t.title, rules: t.rules, sinks: t.sinks, outbox: strings.outbox.title };
  return (
    <header class="page-head">
      <h1>{titles[current]}</h1>
      <nav class="alert-nav" aria-label={t.title}>
        {views
          .filter((view) => view !== current && (!forAdmins.includes(view) || session.can('admin')))
          .map((view) => (
            <RouteLink key={view} to={{ view }} class="button button-small">
              {titles[view]}
            </RouteLink>
          ))}
      </nav>
    </header>
  );
}
