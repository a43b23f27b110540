import { countedIn } from './counted.js';
import type { Strings } from './en.js';

const counted = countedIn('es');

/** Words of the pages about the past, in Spanish. */
export const historyWords: Strings['history'] = {
  title: 'Historial',
  camera: 'Cámara',
  all: 'Todas las cámaras',
  place: 'Lugar',
  whole: 'Imagen completa',
  span: 'Periodo',
  spans: {
    hour: 'Última hora',
    day: 'Últimas 24 horas',
    week: 'Últimos 7 días',
    month: 'Últimos 30 días',
    year: 'Último año',
  },
  step: 'Por',
  steps: { minute: 'Minuto', hour: 'Hora', day: 'Día' },
  loading: 'Leyendo el historial…',
  empty: 'No se observó nada en este periodo.',
  shown: 'Gráfico',
  charts: { compliance: 'Cumplimiento y personas', occupancy: 'Ocupación', dwell: 'Duración de la estancia' },
  legend: (most) => `Línea: cumplimiento. Barras: personas, como máximo ${most}. Hueco: sin observar.`,
  occupancyLegend: (most) =>
    `Línea: personas dentro de media. Barras: el máximo a la vez, como mucho ${most}. Hueco: sin observar.`,
  dwellLegend: (most) =>
    `Línea: cuánto se quedaron las personas de media, como mucho ${most}. Hueco: nadie salió.`,
  table: 'Cifras',
  time: 'Hora',
  people: 'Personas',
  compliance: 'Cumplimiento',
  range: 'Intervalo del 95 %',
  occupancyMean: 'Media dentro',
  occupancyMax: 'Máximo dentro',
  dwell: 'Estancia media',
  watched: 'Observado',
  csv: 'Descargar CSV',
  json: 'Descargar JSON',
  report: 'Informe diario',
  reportOf: (day) => `Informe del ${day}`,
  day: 'Día',
  print: 'Imprimir',
  byCamera: 'Por cámara',
  byHour: 'Por hora',
  alerts: 'Alertas',
  alertCounts: (critical, warning, info) =>
    [
      counted(critical, 'crítica', 'críticas'),
      counted(warning, 'advertencia', 'advertencias'),
      counted(info, 'informativa', 'informativas'),
    ].join(', '),
  rangeNote:
    'El intervalo indica lo segura que es una proporción con tan pocas o tantas personas (Wilson, 95 %). Las personas de estado desconocido no cuentan.',
  summedNote:
    'Con todas las cámaras, la media es la de todas las imágenes juntas; el máximo es el de una sola imagen.',
  notice: 'Aviso',
  noticeTitle: 'Aquí se cuentan personas',
  noticeIntro:
    'Las cámaras cuentan cuántas personas llevan mascarilla. No se reconoce a nadie, no se guarda ninguna imagen y no se compara ningún rostro con otro.',
  by: 'Quién',
  purpose: 'Para qué',
  contact: 'Preguntas',
  kept: 'Qué se guarda y cuánto tiempo',
  keptVisits: (days) => `Cuándo alguien llegó y se fue, y el estado de la mascarilla: ${days} días`,
  keptCounts: (minutes, hours, total) =>
    `Números sin personas: por minuto ${minutes} días, por hora ${hours} días, por día ${total} días`,
  keptAlerts: (days) => `Alertas, sin imágenes: ${days} días`,
  noticeUnset:
    'Un administrador puede indicar el responsable, la finalidad y un contacto en los ajustes (site).',
};
