import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** An element that may fill the screen. */
export interface FullScreen {
  /** Whether it does. */
  readonly full: boolean;
  /** Whether its pointer rested for some seconds while it does: what is not watched may hide. */
  readonly idle: boolean;
  readonly toggle: () => void;
}

const restMs = 3000;

/** Lets an element fill the screen and keeps the screen on meanwhile, where the browser can. */
export function useFullScreen(element: RefObject<HTMLElement | null>): FullScreen {
  const [full, setFull] = useState(false);
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const onChange = (): void =>
      setFull(element.current !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, [element]);
  useEffect(() => {
    if (!full) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stir = (): void => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), restMs);
    };
    stir();
    const events = ['pointermove', 'pointerdown', 'keydown'] as const;
    for (const name of events) document.addEventListener(name, stir);
    const awake = keepAwake();
    return () => {
      clearTimeout(timer);
      setIdle(false);
      for (const name of events) document.removeEventListener(name, stir);
      void awake.then((lock) => lock?.release());
    };
  }, [full]);
  return {
    full,
    idle,
    toggle: () => {
      if (document.fullscreenElement) void document.exitFullscreen();
      else void element.current?.requestFullscreen();
    },
  };
}

/** Undefined where the browser cannot, or does not want to, as on a battery: the wall is shown all the same. */
async function keepAwake(): Promise<WakeLockSentinel | undefined> {
  if (!('wakeLock' in navigator)) return undefined;
  return navigator.wakeLock.request('screen').catch(() => undefined);
}
