import { useEffect } from 'preact/hooks';
import { useServices } from '../services.js';
import {
  searchOfWall,
  type WallChoice,
  type WallPage,
  wallOfSearch,
  wallPage,
} from '../state/wall-choice.js';

/** What the wall shows, and how that is changed. */
export interface WallControl extends WallPage {
  readonly choice: WallChoice;
  /** Changes a part of it; another layout or group begins at its first page. */
  readonly choose: (part: Partial<WallChoice>) => void;
}

/** The wall's choice: the address says it, so that it can be bookmarked, and where that is silent, what was shown last. */
export function useWall(): WallControl {
  const { navigator, store, wall } = useServices();
  const search = navigator.search.value;
  const choice = search === '' ? wall.read() : wallOfSearch(search);
  const remembered = search === '' ? searchOfWall(choice) : '';
  useEffect(() => {
    if (remembered !== '') navigator.look(remembered);
  }, [remembered, navigator]);
  return {
    ...wallPage(store.cameras.value, choice),
    choice,
    choose: (part) => {
      const next = { ...choice, page: 0, ...part };
      wall.keep(next);
      navigator.look(searchOfWall(next));
    },
  };
}
