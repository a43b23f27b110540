import { useEffect, useRef, useState } from 'preact/hooks';
import { Announcer } from '../live/announcer.js';
import { useServices } from '../services.js';
import { allPeople } from '../state/people.js';

/** Counts are read out at most this often. */
const pauseMs = 15_000;
const lookMs = 1000;

/** The counts in a sentence for screen readers: polite, and seldom enough to be of use. */
export function LiveSummary() {
  const { store, strings } = useServices();
  const [said, setSaid] = useState('');
  const announcer = useRef(new Announcer(pauseMs));
  useEffect(() => {
    const look = (): void => {
      if (!store.loaded.peek()) return;
      const { inView } = store.kpis.peek();
      const text = strings.live.summary(
        allPeople(inView),
        inView.mask,
        inView.no_mask,
        inView.incorrect,
        inView.unknown,
      );
      const due = announcer.current.offer(text, performance.now());
      if (due !== undefined) setSaid(due);
    };
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [store, strings]);
  return (
    <p class="visually-hidden" aria-live="polite" data-testid="live-summary">
      {said}
    </p>
  );
}
