import type { Strings } from './en.js';

/** Words about the audit log and the publish links, in German. */
export const auditWords: Strings['audit'] = {
  title: 'Audit-Protokoll',
  intro:
    'Wer was geändert hat, sich angemeldet hat oder abgewiesen wurde; das Neueste zuerst. Einträge werden ein Jahr aufbewahrt.',
  actor: 'Wer',
  actorHint: 'Der vollständige Name eines Kontos; leer für alle.',
  camera: 'Kamera',
  everyCamera: 'beliebige oder keine',
  show: 'Anzeigen',
  time: 'Zeit',
  action: 'Was',
  subject: 'Betrifft',
  address: 'Von',
  status: 'Ergebnis',
  done: (status) => `ausgeführt (${status})`,
  refused: (status) => `abgewiesen (${status})`,
  empty: 'Kein passender Eintrag',
  emptyHint: 'Einträge erscheinen, sobald sich jemand anmeldet oder etwas ändert.',
  more: 'Ältere Einträge anzeigen',
  links: 'Sende-Links',
  linksEmpty: 'Es gibt keinen Sende-Link. Ein Administrator erstellt ihn auf der Seite einer Webcam-Kamera.',
  linkBy: (camera, maker, time) => `${camera} · erstellt von ${maker} · bis ${time}`,
  used: 'von einem Browser verwendet',
  unused: 'noch nicht verwendet',
  endLink: (camera) => `Link zu ${camera} beenden`,
  camerasOf: (name) => `Kameras von ${name}`,
  saveCameras: (name) => `Kameras von ${name} speichern`,
  signsOut: 'Beim Speichern wird das Konto überall abgemeldet.',
};
