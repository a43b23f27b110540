import { countedIn } from './counted.js';
import type { Strings } from './en.js';

const one = countedIn('de');

/** Words about what waits to be told, and whom, in German. */
export const outboxWords: Strings['outbox'] = {
  title: 'Ausgang',
  intro: 'Was noch zu melden ist und was aufgegeben wurde. Was hier vergessen wird, bleibt im Eingang.',
  noPermission: 'Der Ausgang ist für Administratoren.',
  loading: 'Der Ausgang wird geladen …',
  filters: { open: 'Nicht gesendet', waiting: 'Wartend', dead: 'Aufgegeben', sent: 'Gesendet' },
  state: { waiting: 'Wartet', sent: 'Gesendet', dead: 'Aufgegeben' },
  again: { waiting: 'Jetzt versuchen', sent: 'Erneut senden', dead: 'Erneut senden' },
  drop: 'Vergessen',
  replayAll: 'Aufgegebenes erneut senden',
  dropAll: 'Aufgegebenes vergessen',
  lastTry: (reason: string) => `Der letzte Versuch schlug fehl: ${reason}`,
  nothing: 'Hier ist nichts.',
  since: (time: string) => `von ${time}`,
  tried: (count: number) => `${one(count, 'Mal', 'Mal')} versucht`,
  next: (time: string) => `nächster Versuch ${time}`,
  sinkOff: 'wird versucht, wenn das Ziel eingeschaltet ist',
  ended: (time: string) => `beendet ${time}`,
  tell: 'Wem gemeldet wird',
  tellAll: 'Allen Zielen, auch später hinzugefügten',
  tellThese: 'Nur diesen',
  tellsAll: 'Wird allen gemeldet',
  tellsNobody: 'Wird niemandem gemeldet: die Alarme stehen nur im Eingang',
  tells: (names: string) => `Wird gemeldet an ${names}`,
};
