import type { Strings } from './en.js';

/** Words about the first steps after set-up, in German. */
export const startWords: Strings['start'] = {
  title: 'Drei Schritte zum Anfang',
  noPermission: 'Diese Schritte sind für Administratoren.',
  loading: 'Einen Moment …',
  offer: 'Neu hier? Drei Schritte führen zu den ersten Zahlen: eine Kamera, eine Zone, ein Alarm.',
  goOn: (step: string) => `Die Einrichtung ist nicht fertig. Als Nächstes: ${step}`,
  begin: 'Anfangen',
  resume: 'Weitermachen',
  dismiss: 'Nicht mehr zeigen',
  steps: { camera: 'Eine Kamera', zone: 'Eine Zone', alert: 'Ein Alarm' },
  headings: {
    camera: 'Welche Kamera soll überwacht werden?',
    zone: 'Wo sollen Personen gezählt werden?',
    alert: 'Wann möchten Sie benachrichtigt werden?',
  },
  hints: {
    camera: 'Die Adresse wird sofort ausprobiert: Sie sehen das Bild oder was nicht stimmt.',
    zone: 'Das ist freiwillig: Das ganze Bild wird immer gezählt. Eine Zone zählt einen Ort für sich, etwa einen Eingang; eine Linie zählt, wer sie überquert.',
    alert: 'Auch das ist freiwillig. Regeln lassen sich jederzeit ändern und hinzufügen.',
  },
  byAddress: 'Mit ihrer Adresse',
  connect: 'Verbinden',
  orWebcam: 'Oder die Webcam dieses Geräts',
  webcamHint: 'Ihr Bild geht nur an diesen Server. Kommen Sie hierher zurück, sobald sie sendet.',
  orKnown: 'Oder eine, die schon da ist',
  goOnWith: (camera: string) => `Weiter mit ${camera}`,
  isThis: (camera: string) => `Ist das das richtige Bild für ${camera}?`,
  otherAddress: 'Nein, andere Adresse',
  next: 'Weiter',
  back: 'Zurück',
  skip: 'Schritt überspringen',
  skipAll: 'Alles überspringen',
  later: 'Später weitermachen',
  whichAlert: 'Ein Alarm, wenn',
  offers: {
    'unmasked-person': 'Jemand ist 5 Sekunden ohne Maske: für Orte, an denen alle eine tragen müssen.',
    'share-unmasked':
      'Mehr als ein Viertel von mindestens 4 Personen innerhalb von 5 Minuten ist ohne Maske.',
    occupancy: 'Mehr als 20 Personen sind zugleich dort.',
    'camera-down': 'Die Kamera liefert eine Minute lang kein Video.',
  },
  alertHint:
    'Der Alarm kommt in den Eingang und wird dorthin gemeldet, wo es eingerichtet ist: E-Mail, Webhook oder MQTT.',
  makeAlert: 'Diesen Alarm anlegen',
  allSet: 'Alles ist eingerichtet',
  allSetHint:
    'Alles lässt sich später ändern. Alarme kommen in den Eingang; sagen Sie, wohin sie noch gemeldet werden sollen.',
};
