import { wornStates } from '../../mask-classifier.js';
import type { DetectionFigures, ScenesReport } from './evaluate-scenes.js';
import { columns, confusionText } from './faces-text.js';

/**
 * The report of whole scenes as plain text for a terminal.
 * @param alone how the detector does by its own scores, which no classifier's `reject` has lowered; null where that is not known
 */
export function scenesText(report: ScenesReport, alone: DetectionFigures | null): string {
  const { detection, classes } = report;
  const lines = [
    `${report.pictures} pictures, ${report.boxes} faces; ${report.picturesWithoutLine} pictures without a prediction, ` +
      `${report.linesOfOtherPictures} predictions of other pictures`,
    '',
    `Finding faces: ${summary(detection)}`,
    '',
    columns([
      ['short side', 'boxes', 'recall'],
      ...Object.entries(detection.recallBySize).map(([name, { boxes, recall }]) => [
        name,
        String(boxes),
        number(recall),
      ]),
    ]),
    '',
    limitedTable(detection),
    '',
    ...(alone ? [`The detector alone, before reject: ${summary(alone)}`, '', limitedTable(alone), ''] : []),
  ];
  if (!classes) return lines.join('\n');
  return [
    ...lines,
    `Masks: mAP of three classes ${number(classes.map)}, of two ${number(classes.twoClassMap)}; over the faces found, macro recall ` +
      `${number(classes.matched.macroRecall)}, two classes right ${number(classes.twoClassAccuracy)}, unknown ${number(classes.unknownRate)}`,
    '',
    columns([
      ['class', 'boxes', 'AP', 'found', 'recall of the found'],
      ...Object.entries(classes.ap).map(([name, ap]) => [
        name,
        String(detection.recallByClass[name]?.boxes ?? 0),
        number(ap),
        number(detection.recallByClass[name]?.recall),
        number(classes.matched.recall[name]),
      ]),
    ]),
    '',
    confusionText(classes.confusion),
    '',
  ].join('\n');
}

function summary({ ap, recall, precision, falsePerPicture }: DetectionFigures): string {
  return (
    `AP ${number(ap)}, recall ${number(recall)}, precision ${number(precision)}, ` +
    `${falsePerPicture.toFixed(2)} false a picture`
  );
}

/** Recall by allowed false positives, of all faces and of those of each label at the same score. */
function limitedTable({ recallAtFalsePerPicture }: DetectionFigures): string {
  const rows = Object.entries(recallAtFalsePerPicture).sort(([a], [b]) => Number(a) - Number(b));
  return columns([
    ['false a picture', 'score', 'recall', ...wornStates],
    ...rows.map(([rate, { recall, score, byClass }]) => [
      rate,
      number(score),
      number(recall),
      ...wornStates.map((state) => number(byClass[state]?.recall)),
    ]),
  ]);
}

function number(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toFixed(3);
}
