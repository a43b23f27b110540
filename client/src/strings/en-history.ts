import { countedIn } from './counted.js';

const counted = countedIn('en');

/** Words of the pages about the past, in English. */
export const historyWords = {
  title: 'History',
  camera: 'Camera',
  all: 'All cameras',
  place: 'Place',
  whole: 'Whole picture',
  span: 'Time',
  spans: {
    hour: 'Last hour',
    day: 'Last 24 hours',
    week: 'Last 7 days',
    month: 'Last 30 days',
    year: 'Last year',
  },
  step: 'By',
  steps: { minute: 'Minute', hour: 'Hour', day: 'Day' },
  loading: 'Reading the history …',
  empty: 'Nothing was watched in this time.',
  shown: 'Chart',
  charts: { compliance: 'Compliance and people', occupancy: 'Occupancy', dwell: 'Length of stay' },
  legend: (most: number) => `Line: compliance. Bars: people, at most ${most}. A gap: not watched.`,
  occupancyLegend: (most: number) =>
    `Line: people inside on average. Bars: the most at once, at most ${most}. A gap: not watched.`,
  dwellLegend: (most: string) =>
    `Line: how long people stayed on average, at most ${most}. A gap: nobody left.`,
  table: 'Figures',
  time: 'Time',
  people: 'People',
  compliance: 'Compliance',
  range: '95 % range',
  occupancyMean: 'Mean inside',
  occupancyMax: 'Most inside',
  dwell: 'Mean stay',
  watched: 'Watched',
  csv: 'Download CSV',
  json: 'Download JSON',
  report: 'Daily report',
  reportOf: (day: string) => `Report of ${day}`,
  day: 'Day',
  print: 'Print',
  byCamera: 'By camera',
  byHour: 'By hour',
  alerts: 'Alerts',
  alertCounts: (critical: number, warning: number, info: number) =>
    `${critical} critical, ${counted(warning, 'warning', 'warnings')}, ${info} for information`,
  rangeNote:
    'The range tells how sure a ratio is with so few or so many people (Wilson, 95 %). People whose state is unknown are not in it.',
  summedNote:
    'Over all cameras, the mean inside is that of all pictures together; the most inside is that of one picture.',
  notice: 'Notice',
  noticeTitle: 'People are counted here',
  noticeIntro:
    'Cameras count how many people wear a face mask. Nobody is recognised, no picture is kept, and no face is compared with another.',
  by: 'Who',
  purpose: 'What for',
  contact: 'Questions',
  kept: 'What is kept, and how long',
  keptVisits: (days: number) => `When somebody came and went, and the state of the mask: ${days} days`,
  keptCounts: (minutes: number, hours: number, total: number) =>
    `Numbers without persons: by the minute ${minutes} days, by the hour ${hours} days, by the day ${total} days`,
  keptAlerts: (days: number) => `Alerts, without pictures: ${days} days`,
  noticeUnset: 'An admin can name the operator, the purpose and a contact in the settings (site).',
};
