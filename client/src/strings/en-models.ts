import { countedIn } from './counted.js';

const one = countedIn('en');

/** Words about the mask classifiers, in English. */
export const modelWords = {
  title: 'Mask classifiers',
  intro:
    'What tells how a mask is worn. Changing it interrupts nothing: people in view keep their tracks and no frame is lost.',
  loading: 'Loading the mask classifiers …',
  errorTitle: 'The mask classifiers could not be loaded',
  emptyTitle: 'No mask classifier',
  empty: 'Install one with: maskwatch models install DIR',
  running: 'Running',
  origin: { shipped: 'Shipped', installed: 'Installed here' },
  runsIn: (running: number, all: number) =>
    running === all
      ? `Runs in ${all === 1 ? 'the analysis process' : `all ${all} analysis processes`}.`
      : `Runs in ${running} of ${one(all, 'analysis process', 'analysis processes')}.`,
  unusable: (reason: string) => `Cannot be used: ${reason}`,
  noFigures: 'Its manifest holds no figures of a test.',
  use: 'Use this one',
  useTitle: (name: string) => `Use ${name}?`,
  useText:
    'Every analysis process changes over at its next batch of frames. You can go back to the present one at any time.',
  changing: 'Changing …',
  changed: (name: string) => `${name} runs now.`,
  rollback: 'Roll back',
  rollbackTo: (name: string) => `Roll back to ${name}`,
  rollbackTitle: (name: string) => `Roll back to ${name}?`,
  macroRecall: 'Macro recall',
  accuracy: 'Accuracy',
  testFaces: 'Held-out faces',
  architecture: 'Architecture',
  parameters: 'Parameters',
  input: 'Input',
  pixels: (side: number) => `${side} × ${side} px`,
  licence: 'Licence',
  created: 'Made on',
  confusion: (model: string) => `Confusion matrix of ${model}`,
  confusionHint:
    'Held-out faces: what was worn (rows) against what it said (columns), with the share of the row.',
  trueState: 'Worn',
  card: 'Model card',
};
