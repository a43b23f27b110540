/** Words about reports that are sent by mail, in English. */
export const reportMailWords = {
  send: 'Send by e-mail',
  sending: 'Sending …',
  sent: (sinks: number) => `It is on its way to ${sinks} ${sinks === 1 ? 'mail sink' : 'mail sinks'}.`,
  justSent: 'It was sent a moment ago.',
  daily: 'Send the report of the day before, every day',
  at: 'At (time of the server)',
  language: 'Language',
  languages: { en: 'English', de: 'German', es: 'Spanish' },
};
