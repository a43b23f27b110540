import { useEffect, useState } from 'preact/hooks';
import { useServices } from '../services.js';
import type { Connection } from '../state/app-store.js';
import { Icon } from './icon.js';

/** The word of a restored connection stays this long. */
const backShownMs = 8000;

/** What everybody must know at once: the connection is lost or back, the engine is the slow one, something is wrong. */
export function Notices() {
  return (
    <div class="notices">
      <ConnectionNotice />
      <EngineNotice />
      <LanguageNotice />
    </div>
  );
}

function ConnectionNotice() {
  const { store, strings } = useServices();
  const connection = store.connection.value;
  const [over, setOver] = useState<Connection>();
  useEffect(() => {
    const timer = setTimeout(() => setOver(connection), backShownMs);
    return () => clearTimeout(timer);
  }, [connection]);
  const t = strings.notice;
  if (connection.phase === 'lost') {
    return (
      <p class="notice notice-bad" role="alert" data-testid="connection-lost">
        <span class="spinner" aria-hidden="true" /> {store.loaded.value ? t.lost : t.neverConnected}
      </p>
    );
  }
  if (connection.phase !== 'online' || !connection.back || over === connection) return null;
  return (
    <p class="notice notice-good" role="status" data-testid="connection-back">
      {connection.reread ? t.backReread : t.back(connection.replayed)}
    </p>
  );
}

/** Says that the wanted language could not be fetched; the page goes on in the one it has. */
function LanguageNotice() {
  const { language, strings } = useServices();
  const failure = language.failure.value;
  if (failure === undefined) return null;
  return (
    <p class="notice notice-warn" role="alert">
      <Icon name="warning" /> {strings.notice.actionFailed(failure)}
    </p>
  );
}

function EngineNotice() {
  const { store, strings } = useServices();
  const health = store.health.value;
  const [dismissed, setDismissed] = useState('');
  if (!health) return null;
  const t = strings.notice;
  const problems = [
    ...(health.engine?.backend === 'wasm' ? [t.wasm] : []),
    ...health.problems,
    ...(health.status === 'degraded' && health.problems.length === 0 && health.engine?.backend !== 'wasm'
      ? [t.degraded]
      : []),
  ];
  const key = problems.join('\n');
  if (problems.length === 0 || dismissed === key) return null;
  return (
    <div class="notice notice-warn" role="status" data-testid="engine-notice">
      <Icon name="warning" />
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <button type="button" class="icon-button" aria-label={t.dismiss} onClick={() => setDismissed(key)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
