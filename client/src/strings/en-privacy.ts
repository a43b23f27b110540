/** Words about who sees what: pictures of alerts, cameras that only count, in English. */
export const privacyWords = {
  countsOnly: 'Counts only',
  countsOnlyHint:
    'This camera only counts: nobody sees its video or where people are, and nothing but numbers is kept.',
  rulePicture: 'Keep a picture of the moment, where the settings (evidence) allow it',
  showPicture: 'Show the picture',
  hidePicture: 'Hide the picture',
  pictureOf: (camera: string, time: string) => `${camera}, ${time}`,
  facesHidden: 'Faces were made unrecognisable before it was stored.',
  facesShown: 'Faces are not hidden in it.',
  pictureUntil: (time: string) => `Deleted on ${time} at the latest. Each look at it is recorded.`,
  introPictures:
    'Cameras count how many people wear a face mask. Nobody is recognised, and no face is compared with another.',
  allCount: 'The cameras only count: nobody sees their video, and nothing but numbers is kept.',
  someCount:
    'Some of the cameras only count: nobody sees their video, and of it nothing but numbers is kept.',
  keptHidden: (hours: number) =>
    `With an alert one picture of the moment, in which faces were made unrecognisable before it was stored: ${hours} hours`,
  keptShown: (hours: number) => `With an alert one picture of the moment: ${hours} hours`,
  keptAlerts: (days: number) => `Alerts: ${days} days`,
};
