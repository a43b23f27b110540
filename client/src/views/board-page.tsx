import { useRef } from 'preact/hooks';
import { FullPageNote } from '../components/full-page-note.js';
import { Icon } from '../components/icon.js';
import { NotLoaded } from '../components/not-loaded.js';
import { RouteLink } from '../components/route-link.js';
import { formatCount, formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';
import { figuresFor } from '../state/board-figures.js';

/** Figures to be read across a room: how many wear a mask now, how many people there are. No video, always dark. */
export function BoardPage({ cameraId }: { readonly cameraId: string | undefined }) {
  const { store, strings, locale } = useServices();
  const t = strings.tools.board;
  const board = useRef<HTMLElement>(null);
  const camera = cameraId === undefined ? undefined : store.live.value.cameras.get(cameraId);
  const figures = figuresFor(store, cameraId);
  const lost = store.connection.value.phase === 'lost';
  return (
    <section class="board" ref={board} aria-label={t.title} data-testid="board">
      <BoardBar cameraId={cameraId} onFullScreen={() => void toggleFullScreen(board.current)} />
      {cameraId !== undefined && store.loaded.value && camera === undefined ? (
        <FullPageNote whole icon="warning" title={t.gone} />
      ) : figures === undefined || !store.loaded.value ? (
        <NotLoaded whole loading={t.loading} />
      ) : (
        <>
          <h1>{camera?.name ?? t.all}</h1>
          <div class="board-now">
            <p class="board-number" data-testid="board-now">
              {formatRatio(figures.complianceNow, locale)}
            </p>
            <p class="board-words">
              {figures.complianceNow === null
                ? t.nobody
                : `${t.of(figures.maskNow, figures.decidedNow)} ${t.now}`}
            </p>
          </div>
          <dl class="board-figures">
            <Figure name={t.peopleNow} value={formatCount(figures.peopleNow, locale)} />
            <Figure name={t.peopleToday} value={formatCount(figures.peopleToday, locale)} />
            <Figure name={t.today} value={formatRatio(figures.complianceToday, locale)} />
          </dl>
        </>
      )}
      <div role="status">{lost && <p class="board-stale">{t.stale}</p>}</div>
    </section>
  );
}

interface BoardBarProps {
  readonly cameraId: string | undefined;
  readonly onFullScreen: () => void;
}

/** Which camera is shown, full screen, and the way back; gone in full screen. */
function BoardBar({ cameraId, onFullScreen }: BoardBarProps) {
  const { store, strings, navigator } = useServices();
  const t = strings.tools.board;
  return (
    <header class="board-bar">
      <select
        aria-label={t.camera}
        value={cameraId ?? ''}
        onChange={({ currentTarget: { value } }) =>
          navigator.go({ view: 'board', ...(value !== '' && { cameraId: value }) }, true)
        }
      >
        <option value="">{t.all}</option>
        {store.cameras.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button type="button" class="icon-button" aria-label={t.fullScreen} onClick={onFullScreen}>
        <Icon name="expand" />
      </button>
      <RouteLink to={{ view: 'wall' }} class="icon-button" label={t.leave}>
        <Icon name="close" />
      </RouteLink>
    </header>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

async function toggleFullScreen(board: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await board?.requestFullscreen();
}
