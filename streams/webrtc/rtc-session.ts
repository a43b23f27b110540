/** One WebRTC connection that this server answered; `Stats` are its counters. */
export interface RtcSession<Stats> {
  /** What the browser gets back; all candidates are in it. */
  readonly answerSdp: string;
  /** Resolves once, with the reason in plain words, when the session is over and all is released. Never rejects. */
  readonly closed: Promise<string>;
  /** Ends the session. Idempotent; resolves when all is released. */
  close(reason?: string): Promise<void>;
  stats(): Stats;
}
