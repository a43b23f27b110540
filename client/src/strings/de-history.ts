import { countedIn } from './counted.js';
import type { Strings } from './en.js';

const counted = countedIn('de');

/** Words of the pages about the past, in German. */
export const historyWords: Strings['history'] = {
  title: 'Verlauf',
  camera: 'Kamera',
  all: 'Alle Kameras',
  place: 'Ort',
  whole: 'Ganzes Bild',
  span: 'Zeitraum',
  spans: {
    hour: 'Letzte Stunde',
    day: 'Letzte 24 Stunden',
    week: 'Letzte 7 Tage',
    month: 'Letzte 30 Tage',
    year: 'Letztes Jahr',
  },
  step: 'Je',
  steps: { minute: 'Minute', hour: 'Stunde', day: 'Tag' },
  loading: 'Der Verlauf wird gelesen …',
  empty: 'In diesem Zeitraum wurde nichts beobachtet.',
  shown: 'Diagramm',
  charts: { compliance: 'Maskenquote und Personen', occupancy: 'Belegung', dwell: 'Aufenthaltsdauer' },
  legend: (most) => `Linie: Maskenquote. Balken: Personen, höchstens ${most}. Lücke: nicht beobachtet.`,
  occupancyLegend: (most) =>
    `Linie: Personen darin im Mittel. Balken: die meisten zugleich, höchstens ${most}. Lücke: nicht beobachtet.`,
  dwellLegend: (most) =>
    `Linie: wie lange Personen im Mittel blieben, höchstens ${most}. Lücke: niemand ging.`,
  table: 'Zahlen',
  time: 'Zeit',
  people: 'Personen',
  compliance: 'Maskenquote',
  range: '95-%-Bereich',
  occupancyMean: 'Im Mittel darin',
  occupancyMax: 'Höchstens darin',
  dwell: 'Mittlerer Aufenthalt',
  watched: 'Beobachtet',
  csv: 'CSV herunterladen',
  json: 'JSON herunterladen',
  report: 'Tagesbericht',
  reportOf: (day) => `Bericht vom ${day}`,
  day: 'Tag',
  print: 'Drucken',
  byCamera: 'Nach Kamera',
  byHour: 'Nach Stunde',
  alerts: 'Alarme',
  alertCounts: (critical, warning, info) =>
    `${critical} kritisch, ${counted(warning, 'Warnung', 'Warnungen')}, ${info} zur Information`,
  rangeNote:
    'Der Bereich sagt, wie sicher eine Quote bei so wenigen oder vielen Personen ist (Wilson, 95 %). Personen mit unbekanntem Zustand zählen nicht mit.',
  summedNote:
    'Über alle Kameras ist die mittlere Belegung die aller Bilder zusammen; die höchste ist die eines einzelnen Bildes.',
  notice: 'Aushang',
  noticeTitle: 'Hier werden Personen gezählt',
  noticeIntro:
    'Kameras zählen, wie viele Personen eine Maske tragen. Niemand wird erkannt, kein Bild wird gespeichert, kein Gesicht mit einem anderen verglichen.',
  by: 'Wer',
  purpose: 'Wozu',
  contact: 'Fragen',
  kept: 'Was gespeichert wird und wie lange',
  keptVisits: (days) => `Wann jemand kam und ging, und der Zustand der Maske: ${days} Tage`,
  keptCounts: (minutes, hours, total) =>
    `Zahlen ohne Personenbezug: je Minute ${minutes} Tage, je Stunde ${hours} Tage, je Tag ${total} Tage`,
  keptAlerts: (days) => `Alarme, ohne Bilder: ${days} Tage`,
  noticeUnset: 'Betreiber, Zweck und Kontakt trägt ein Administrator in den Einstellungen ein (site).',
};
