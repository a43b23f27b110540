import { countedIn } from './counted.js';
import type { Strings } from './en.js';

const counted = countedIn('de');

/** Words about the mask classifiers, in German. */
export const modelWords: Strings['models'] = {
  title: 'Maskenmodelle',
  intro:
    'Sie erkennen, wie eine Maske getragen wird. Ein Wechsel unterbricht nichts: Personen im Bild behalten ihre Spur, kein Bild geht verloren.',
  loading: 'Maskenmodelle werden geladen …',
  errorTitle: 'Die Maskenmodelle konnten nicht geladen werden',
  emptyTitle: 'Kein Maskenmodell',
  empty: 'Installieren mit: maskwatch models install DIR',
  running: 'Aktiv',
  origin: { shipped: 'Mitgeliefert', installed: 'Hier installiert' },
  runsIn: (running, all) =>
    running === all
      ? `Läuft ${all === 1 ? 'im Analyseprozess' : `in allen ${all} Analyseprozessen`}.`
      : `Läuft in ${running} von ${counted(all, 'Analyseprozess', 'Analyseprozessen')}.`,
  unusable: (reason) => `Nicht verwendbar: ${reason}`,
  noFigures: 'Das Manifest enthält keine Testergebnisse.',
  use: 'Dieses verwenden',
  useTitle: (name) => `${name} verwenden?`,
  useText:
    'Jeder Analyseprozess wechselt mit dem nächsten Stapel von Bildern. Sie können jederzeit zum jetzigen Modell zurückkehren.',
  changing: 'Wird gewechselt …',
  changed: (name) => `${name} ist jetzt aktiv.`,
  rollback: 'Zurückwechseln',
  rollbackTo: (name) => `Zurück zu ${name}`,
  rollbackTitle: (name) => `Zurück zu ${name}?`,
  macroRecall: 'Mittlere Trefferquote',
  accuracy: 'Genauigkeit',
  testFaces: 'Testgesichter',
  architecture: 'Architektur',
  parameters: 'Parameter',
  input: 'Eingabe',
  pixels: (side) => `${side} × ${side} px`,
  licence: 'Lizenz',
  created: 'Erstellt am',
  confusion: (model) => `Konfusionsmatrix von ${model}`,
  confusionHint:
    'Testgesichter: wie die Maske getragen wurde (Zeilen) und was erkannt wurde (Spalten), mit dem Anteil an der Zeile.',
  trueState: 'Getragen',
  card: 'Modellbeschreibung',
};
