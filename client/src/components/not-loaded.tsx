import { useServices } from '../services.js';
import { FullPageNote } from './full-page-note.js';

interface NotLoadedProps {
  /** What is said while it is read. */
  readonly loading: string;
  /** Nothing else stands on the page. */
  readonly whole?: boolean;
}

/** What stands in the place of cameras and figures until they were read: that it is under way, or why it failed. */
export function NotLoaded({ loading, whole = false }: NotLoadedProps) {
  const { live, store, strings } = useServices();
  const t = strings.wall;
  const error = store.loadError.value;
  if (error === undefined) return <FullPageNote busy whole={whole} title={loading} />;
  return (
    <FullPageNote icon="warning" whole={whole} title={t.errorTitle} text={error}>
      <button type="button" class="button button-primary" onClick={() => live.retryNow()}>
        {t.tryAgain}
      </button>
    </FullPageNote>
  );
}
