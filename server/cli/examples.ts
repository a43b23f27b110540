import type { Command } from 'commander';

/** Command lines to begin with, by command, where a command does not bring its own. */
const examples: Readonly<Record<string, readonly string[]>> = {
  classify: [
    'maskwatch classify photos/ --json',
    'maskwatch classify "entrance/**/*.jpg" --annotate framed/',
    'maskwatch classify clip.mp4',
    'maskwatch classify webcam',
  ],
  train: [
    'maskwatch train --data faces/',
    'maskwatch train --data faces/ --arch mobilenet-v2 --pretrained mobilenet_v2.safetensors --freeze backbone',
    'maskwatch train --from current --data my-site/ --install',
  ],
  evaluate: [
    'maskwatch evaluate faces/',
    'maskwatch evaluate scenes/labels.json --detector maskwatch-h --json',
    'maskwatch evaluate scenes/labels.json --every 8 --input-side 640,320 --detector-only',
    'maskwatch evaluate --video clip.mp4 --truth people.json',
  ],
  'check-data': [
    'maskwatch check-data faces/ --sheet findings.html',
    'maskwatch check-data scenes/labels.json --json',
  ],
  'check-pretrained': [
    'maskwatch check-pretrained mobilenet_v2.safetensors photographs/*.jpg --arch mobilenet-v2',
  ],
  export: [
    'maskwatch export maskwatch-h --input 320',
    'maskwatch export mobilenet-v2-cut --out saved-model/',
  ],
  quantize: [
    'maskwatch quantize mobilenet-v2-cut --data faces/',
    'maskwatch quantize cnn-2conv --to int8 --out smaller/',
  ],
  robustness: ['maskwatch robustness cnn-2conv --data faces/ --faces 100'],
  study: [
    'maskwatch study models/studies/onednn.yaml --set data=faces',
    'maskwatch study models/studies/onednn.yaml --dry-run',
  ],
  config: [
    'maskwatch config check --config /etc/maskwatch/config.yaml',
    'maskwatch config example > config.yaml',
    'maskwatch config schema > config.schema.json',
  ],
  models: [
    'maskwatch models',
    'maskwatch models install runs/my-site/weights/my-site',
    'maskwatch models use cnn-2conv',
    'maskwatch models rollback',
  ],
};

/** Puts the examples of a command below its help. */
export function withExamples(command: Command): Command {
  const lines = examples[command.name()];
  if (lines === undefined) return command;
  const heading = lines.length === 1 ? 'Example' : 'Examples';
  return command.addHelpText('after', `\n${heading}:\n${lines.map((line) => `  ${line}\n`).join('')}`);
}
