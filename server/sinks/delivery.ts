import type { Notice } from './notice.js';

/** One message on its way. */
export interface Delivery {
  /** The same for every try of a message, so that the other side can tell a repetition. */
  readonly deliveryId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly notice: Notice;
}

/** Brings messages to one place. */
export interface Carrier {
  /**
   * Sends one message.
   *
   * @returns what the other side answered, in one line for people
   * @throws DeliveryError
   */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<string>;
  /** Whether it holds a connection; undefined for one that connects for each message. */
  readonly connected: boolean | undefined;
  /** Ends its connection; idempotent. */
  close(): Promise<void>;
}

/** A message did not arrive. Its text is one line for people, without secrets. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  /**
   * @param permanent true when trying again is of no use: the other side refuses this very message
   * @param retryAfterMs when the other side asks to be left alone for so long
   */
  constructor(
    message: string,
    readonly permanent = false,
    readonly retryAfterMs?: number,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** Turns whatever a library throws into a delivery error of one line. */
export function deliveryError(error: unknown, permanent = false): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const text = error instanceof Error && error.message !== '' ? error.message : String(error);
  return new DeliveryError(text.replaceAll(/\s+/g, ' ').slice(0, 300), permanent, undefined, error);
}

/** The first retry comes after this, the next ones after twice as long each, with jitter. */
const firstRetryMs = 2000;
const longestRetryMs = 15 * 60_000;

/**
 * How long to wait before the next try.
 *
 * @param failures so far, at least 1
 * @param random 0..1: waits between half the time and the whole
 */
export function retryDelayMs(failures: number, random: number): number {
  const whole = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(30, failures - 1));
  return Math.round(whole * (0.5 + random / 2));
}
