interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
  /** Values with their words. */
  readonly children: readonly (readonly [Value, string])[];
}

/** One of a few values, by a list with a label. */
export function Choice<Value extends string>({ name, value, onChoose, children }: ChoiceProps<Value>) {
  return (
    <label class="field">
      <span>{name}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = children.find(([key]) => key === currentTarget.value);
          if (chosen !== undefined) onChoose(chosen[0]);
        }}
      >
        {children.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
