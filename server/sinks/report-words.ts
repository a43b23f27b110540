/** The words of a report that is sent by mail. */
export interface ReportWords {
  /** For `Intl`. */
  readonly locale: string;
  readonly title: (day: string) => string;
  readonly compliance: string;
  readonly range: string;
  readonly people: string;
  readonly mask: string;
  readonly noMask: string;
  readonly incorrect: string;
  readonly unknown: string;
  readonly meanInside: string;
  readonly mostInside: string;
  readonly watched: string;
  readonly camera: string;
  readonly hour: string;
  readonly byCamera: string;
  readonly byHour: string;
  readonly alerts: (critical: number, warning: number, info: number) => string;
  readonly nothing: string;
  readonly note: (timeZone: string) => string;
}

/** Languages that a report can be sent in. */
export const reportLanguages = ['en', 'de', 'es'] as const;
/** One of them. */
export type ReportLanguage = (typeof reportLanguages)[number];

/** The words by language. */
export const reportWords: Readonly<Record<ReportLanguage, ReportWords>> = {
  en: {
    locale: 'en',
    title: (day) => `Report of ${day}`,
    compliance: 'Compliance',
    range: '95 % range',
    people: 'People',
    mask: 'Mask',
    noMask: 'No mask',
    incorrect: 'Worn wrong',
    unknown: 'Unknown',
    meanInside: 'Mean inside',
    mostInside: 'Most inside',
    watched: 'Watched',
    camera: 'Camera',
    hour: 'Hour',
    byCamera: 'By camera',
    byHour: 'By hour',
    alerts: (critical, warning, info) =>
      `Alerts: ${critical} critical, ${warning} warnings, ${info} for information`,
    nothing: 'Nothing was watched on this day.',
    note: (timeZone) =>
      `Times in ${timeZone}. People whose state is unknown are not in the compliance. The table is attached as CSV.`,
  },
  de: {
    locale: 'de',
    title: (day) => `Bericht vom ${day}`,
    compliance: 'Quote',
    range: '95-%-Bereich',
    people: 'Personen',
    mask: 'Maske',
    noMask: 'Ohne Maske',
    incorrect: 'Falsch getragen',
    unknown: 'Unbekannt',
    meanInside: 'Im Mittel darin',
    mostInside: 'Höchstens darin',
    watched: 'Beobachtet',
    camera: 'Kamera',
    hour: 'Stunde',
    byCamera: 'Nach Kamera',
    byHour: 'Nach Stunde',
    alerts: (critical, warning, info) =>
      `Alarme: ${critical} kritisch, ${warning} Warnungen, ${info} zur Information`,
    nothing: 'An diesem Tag wurde nichts beobachtet.',
    note: (timeZone) =>
      `Zeiten in ${timeZone}. Personen mit unbekanntem Zustand zählen nicht zur Quote. Die Tabelle hängt als CSV an.`,
  },
  es: {
    locale: 'es',
    title: (day) => `Informe del ${day}`,
    compliance: 'Cumplimiento',
    range: 'Intervalo del 95 %',
    people: 'Personas',
    mask: 'Con mascarilla',
    noMask: 'Sin mascarilla',
    incorrect: 'Mal puesta',
    unknown: 'Desconocido',
    meanInside: 'Media dentro',
    mostInside: 'Máximo dentro',
    watched: 'Observado',
    camera: 'Cámara',
    hour: 'Hora',
    byCamera: 'Por cámara',
    byHour: 'Por hora',
    alerts: (critical, warning, info) =>
      `Alertas: ${critical} críticas, ${warning} avisos, ${info} informativas`,
    nothing: 'Ese día no se observó nada.',
    note: (timeZone) =>
      `Horas en ${timeZone}. Las personas con estado desconocido no cuentan para el cumplimiento. La tabla va adjunta como CSV.`,
  },
};
