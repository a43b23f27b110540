import type { Strings } from './en.js';

/** Words about who sees what: pictures of alerts, cameras that only count, in German. */
export const privacyWords: Strings['privacy'] = {
  countsOnly: 'Zählt nur',
  countsOnlyHint:
    'Diese Kamera zählt nur: Niemand sieht ihr Video oder wo Personen sind, und gespeichert werden nur Zahlen.',
  rulePicture: 'Ein Bild des Augenblicks behalten, wo die Einstellungen (evidence) es erlauben',
  showPicture: 'Bild zeigen',
  hidePicture: 'Bild verbergen',
  pictureOf: (camera, time) => `${camera}, ${time}`,
  facesHidden: 'Gesichter wurden vor dem Speichern unkenntlich gemacht.',
  facesShown: 'Gesichter sind darin nicht verborgen.',
  pictureUntil: (time) => `Wird spätestens am ${time} gelöscht. Jeder Blick darauf wird festgehalten.`,
  introPictures:
    'Kameras zählen, wie viele Personen eine Maske tragen. Niemand wird erkannt, kein Gesicht mit einem anderen verglichen.',
  allCount: 'Die Kameras zählen nur: Niemand sieht ihr Video, und gespeichert werden nur Zahlen.',
  someCount:
    'Einige der Kameras zählen nur: Niemand sieht ihr Video, und gespeichert werden von ihnen nur Zahlen.',
  keptHidden: (hours) =>
    `Zu einem Alarm ein Bild des Augenblicks, in dem Gesichter vor dem Speichern unkenntlich gemacht wurden: ${hours} Stunden`,
  keptShown: (hours) => `Zu einem Alarm ein Bild des Augenblicks: ${hours} Stunden`,
  keptAlerts: (days) => `Alarme: ${days} Tage`,
};
