import type { ModelList, ModelView } from '../../../server/http/api.js';

const card = `# small

Input 64x64; outputs \`mask\`, **no_mask** and <img src=x onerror="document.title='broken'"> [a](javascript:alert(1)).

\`\`\`
maskwatch train --data faces --arch small --classes 3 --epochs 8 --steps 260 --seed 1 --averaging 0.99 --name small
\`\`\`

## Limits

* One face says little: let the votes of a track decide.
- Below 14 px the answer is \`unknown\`.

| long side of the face | faces | accuracy | recall mask | no_mask | incorrect | macro recall |
|---|---|---|---|---|---|---|
| under 24 px | 28 | 96.4 % | 90.1 % | 98.0 % | - | 98.6 % |
`;

const facts = {
  architecture: 'cnn-2conv',
  parameters: 822_467,
  inputSize: 64,
  classes: ['mask', 'no_mask', 'incorrect'],
  licence: 'MIT',
  data: ['faces: 100 faces'],
  createdAt: '2026-01-02T03:04:05Z',
  command: 'maskwatch train',
};

const test: NonNullable<ModelView['test']> = {
  faces: 1804,
  accuracy: 0.898,
  macroRecall: 0.856,
  confusion: {
    classes: ['mask', 'no_mask', 'incorrect'],
    counts: [
      [615, 49, 91],
      [5, 975, 31],
      [5, 3, 30],
    ],
  },
};

/** Models of every kind: one that runs, a good one, one without figures, one that is refused, one that cannot be used. */
export function modelList(): ModelList {
  const better = { ...test, macroRecall: 0.931, accuracy: 0.955 };
  return {
    models: [
      { name: 'small', origin: 'shipped', active: true, facts, test, card },
      { name: 'my-site-2026-01-02', origin: 'installed', active: false, facts, test: better },
      { name: 'plain', origin: 'installed', active: false, facts },
      { name: 'bad', origin: 'installed', active: false, facts, test },
      { name: 'broken', origin: 'installed', active: false, problem: 'broken/manifest.json is no JSON' },
    ],
    active: 'small',
    history: [{ name: 'small' }],
  };
}
