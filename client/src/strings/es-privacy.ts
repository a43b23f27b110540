import type { Strings } from './en.js';

/** Words about who sees what: pictures of alerts, cameras that only count, in Spanish. */
export const privacyWords: Strings['privacy'] = {
  countsOnly: 'Solo cuenta',
  countsOnlyHint:
    'Esta cámara solo cuenta: nadie ve su vídeo ni dónde están las personas, y solo se guardan cifras.',
  rulePicture: 'Guardar una imagen del momento, donde los ajustes (evidence) lo permitan',
  showPicture: 'Mostrar la imagen',
  hidePicture: 'Ocultar la imagen',
  pictureOf: (camera, time) => `${camera}, ${time}`,
  facesHidden: 'Las caras se hicieron irreconocibles antes de guardarla.',
  facesShown: 'Las caras no están ocultas en ella.',
  pictureUntil: (time) => `Se borra a más tardar el ${time}. Cada consulta queda registrada.`,
  introPictures:
    'Las cámaras cuentan cuántas personas llevan mascarilla. No se reconoce a nadie ni se compara ninguna cara con otra.',
  allCount: 'Las cámaras solo cuentan: nadie ve su vídeo y solo se guardan cifras.',
  someCount: 'Algunas cámaras solo cuentan: nadie ve su vídeo y de ellas solo se guardan cifras.',
  keptHidden: (hours) =>
    `Con una alerta, una imagen del momento, con las caras irreconocibles antes de guardarla: ${hours} horas`,
  keptShown: (hours) => `Con una alerta, una imagen del momento: ${hours} horas`,
  keptAlerts: (days) => `Alertas: ${days} días`,
};
