/** A connection that hiccups may come back within this time. */
const patienceMs = 4000;

/**
 * Resolves with the reason when a peer connection is over: failed, closed, or out of touch for too long.
 *
 * @param onConnected called each time it is connected
 */
export function connectionEnd(
  connection: RTCPeerConnection,
  signal: AbortSignal,
  onConnected: () => void,
): Promise<string> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (reason: string): void => {
      clearTimeout(timer);
      connection.removeEventListener('connectionstatechange', onChange);
      resolve(reason);
    };
    const onChange = (): void => {
      clearTimeout(timer);
      const state = connection.connectionState;
      if (state === 'connected') onConnected();
      if (state === 'failed' || state === 'closed') end(state);
      if (state === 'disconnected') timer = setTimeout(() => end('disconnected'), patienceMs);
    };
    connection.addEventListener('connectionstatechange', onChange);
    signal.addEventListener('abort', () => end('aborted'), { once: true });
    onChange();
  });
}
