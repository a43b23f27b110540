import { useEffect, useState } from 'preact/hooks';
import type { ModelList } from '../../../server/http/api.js';
import type { ReplayRunInput } from '../../../server/http/tryout-api.js';
import { useServices } from '../services.js';
import { SelectField, TextField } from './field.js';
import { detectors, firstDraft, runOf, type RunDraft } from './run-draft.js';
import { useLoaded } from './use-loaded.js';
import { otherProblem, runProblem } from './use-replay.js';

interface RunFormProps {
  readonly failure: unknown;
  readonly onRun: (input: ReplayRunInput) => void;
}

/** With what to run the clip next; keeps the last settings, so that one of them is changed at a time. */
export function RunForm({ failure, onRun }: RunFormProps) {
  const { api, strings } = useServices();
  const t = strings.tools.replay;
  const { value: models } = useLoaded<ModelList>(() => api.models());
  const [draft, setDraft] = useState<RunDraft>(firstDraft(''));
  useEffect(() => {
    if (models !== undefined) setDraft((now) => ({ ...now, classifier: now.classifier || models.active }));
  }, [models]);
  const usable = models?.models.filter(({ problem }) => problem === undefined) ?? [];
  const problem = otherProblem(failure);
  const number = (name: 'fps' | 'frameSide' | 'minScore', input: object, hint?: string) => (
    <TextField
      label={t[name]}
      hint={hint}
      value={draft[name]}
      error={runProblem(failure, name)}
      onInput={(value) => setDraft({ ...draft, [name]: value })}
      input={{ type: 'number', ...input }}
    />
  );
  return (
    <form
      class="run-form"
      onSubmit={(event) => {
        event.preventDefault();
        onRun(runOf(draft));
      }}
    >
      {number('fps', { min: 0.2, max: 30, step: 'any', required: true })}
      {number('frameSide', { min: 128, max: 1920, step: 1, required: true })}
      {number('minScore', { min: 0.01, max: 0.99, step: 'any' }, t.minScoreHint)}
      <SelectField
        label={t.detector}
        value={draft.detector}
        onChange={(detector) => setDraft({ ...draft, detector })}
      >
        {detectors.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t.classifier}
        value={draft.classifier}
        onChange={(classifier) => setDraft({ ...draft, classifier })}
      >
        {usable.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </SelectField>
      {problem !== undefined && (
        <p class="notice notice-bad" role="alert">
          {strings.notice.actionFailed(problem)}
        </p>
      )}
      <footer>
        <button type="submit" class="button button-primary" disabled={draft.classifier === ''}>
          {t.start}
        </button>
      </footer>
    </form>
  );
}
