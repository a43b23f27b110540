import type { Strings } from './en.js';

/** Words about reports that are sent by mail, in Spanish. */
export const reportMailWords: Strings['reportMail'] = {
  send: 'Enviar por correo',
  sending: 'Enviando …',
  sent: (sinks) => `Va de camino a ${sinks} ${sinks === 1 ? 'destino de correo' : 'destinos de correo'}.`,
  justSent: 'Se acaba de enviar.',
  daily: 'Enviar cada día el informe del día anterior',
  at: 'A las (hora del servidor)',
  language: 'Idioma',
  languages: { en: 'Inglés', de: 'Alemán', es: 'Español' },
};
