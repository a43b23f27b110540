/** The part of standard input that is used. */
export interface KeyInput {
  readonly isTTY?: boolean | undefined;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (keys: Buffer) => void): unknown;
  off(event: 'data', listener: (keys: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/**
 * Listens for Esc, q and Ctrl-C on a terminal, key by key; elsewhere for nothing. An arrow key, which begins with Esc, is none.
 *
 * @param onStop called once
 * @returns gives the terminal back; idempotent
 */
export function untilEscape(keys: KeyInput, onStop: () => void): () => void {
  if (keys.isTTY !== true) return () => undefined;
  let listening = true;
  const listen = (pressed: Buffer): void => {
    if (!['\u001b', 'q', '\u0003'].includes(pressed.toString('latin1'))) return;
    release();
    onStop();
  };
  const release = (): void => {
    if (!listening) return;
    listening = false;
    keys.off('data', listen);
    keys.setRawMode?.(false);
    keys.pause();
  };
  keys.setRawMode?.(true);
  keys.on('data', listen);
  keys.resume();
  return release;
}
