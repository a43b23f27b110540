import type { Strings } from './en.js';

/** Words about reports that are sent by mail, in German. */
export const reportMailWords: Strings['reportMail'] = {
  send: 'Per E-Mail senden',
  sending: 'Wird gesendet …',
  sent: (sinks) => `Er ist unterwegs an ${sinks} ${sinks === 1 ? 'Mailziel' : 'Mailziele'}.`,
  justSent: 'Er wurde gerade eben gesendet.',
  daily: 'Jeden Tag den Bericht des Vortags senden',
  at: 'Um (Uhrzeit des Servers)',
  language: 'Sprache',
  languages: { en: 'Englisch', de: 'Deutsch', es: 'Spanisch' },
};
