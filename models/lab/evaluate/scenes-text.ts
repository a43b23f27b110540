import type { ScenesReport } from './evaluate-scenes.js';
import { columns, confusionText } from './faces-text.js';

/** The report of whole scenes as plain text for a terminal. */
export function scenesText(report: ScenesReport): string {
  const { detection, classes } = report;
  const lines = [
    `${report.pictures} pictures, ${report.boxes} faces; ${report.picturesWithoutLine} pictures without a prediction, ` +
      `${report.linesOfOtherPictures} predictions of other pictures`,
    '',
    `Finding faces: AP ${number(detection.ap)}, recall ${number(detection.recall)}, precision ${number(detection.precision)}, ` +
      `${detection.falsePerPicture.toFixed(2)} false a picture`,
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
    columns([
      ['false a picture', 'recall', 'score'],
      ...Object.entries(detection.recallAtFalsePerPicture).map(([rate, { recall, score }]) => [
        rate,
        number(recall),
        number(score),
      ]),
    ]),
    '',
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

function number(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toFixed(3);
}
