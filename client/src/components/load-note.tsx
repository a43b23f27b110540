import { useServices } from '../services.js';
import type { Loaded } from './use-loaded.js';

interface LoadNoteProps extends Pick<Loaded<unknown>, 'value' | 'failure'> {
  /** Reads once more; absent where that happens by itself. */
  readonly onRetry?: () => void;
}

/** What stands with a list that is read from the server: that it is under way, or why it failed; nothing while all is well. */
export function LoadNote({ value, failure, onRetry }: LoadNoteProps) {
  const { strings } = useServices();
  if (failure === undefined) {
    if (value !== undefined) return null;
    return (
      <p class="quiet" aria-busy="true">
        {strings.access.working}
      </p>
    );
  }
  return (
    <div class="notice notice-bad" role="alert">
      <p>{failure}</p>
      {value === undefined && onRetry !== undefined && (
        <button type="button" class="button button-small" onClick={onRetry}>
          {strings.wall.tryAgain}
        </button>
      )}
    </div>
  );
}
