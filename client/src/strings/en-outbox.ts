import { countedIn } from './counted.js';

const one = countedIn('en');

/** Words about what waits to be told, and whom, in English. */
export const outboxWords = {
  title: 'Outbox',
  intro: 'What waits to be told, and what was given up. What is forgotten here stays in the inbox.',
  noPermission: 'The outbox is for admins.',
  loading: 'Loading the outbox …',
  filters: { open: 'Not sent', waiting: 'Waiting', dead: 'Given up', sent: 'Sent' },
  state: { waiting: 'Waiting', sent: 'Sent', dead: 'Given up' },
  again: { waiting: 'Try now', sent: 'Send again', dead: 'Send again' },
  drop: 'Forget',
  replayAll: 'Send again what was given up',
  dropAll: 'Forget what was given up',
  lastTry: (reason: string) => `The last try failed: ${reason}`,
  nothing: 'Nothing here.',
  since: (time: string) => `from ${time}`,
  tried: (count: number) => `tried ${one(count, 'time', 'times')}`,
  next: (time: string) => `next try ${time}`,
  sinkOff: 'tried when its sink is switched on',
  ended: (time: string) => `ended ${time}`,
  tell: 'Who is told',
  tellAll: 'Everybody whom alerts are told, also those added later',
  tellThese: 'Only these',
  tellsAll: 'Told to all',
  tellsNobody: 'Told to nobody: the alerts are in the inbox only',
  tells: (names: string) => `Told to ${names}`,
};
