import { useServices } from '../services.js';
import { CheckField } from './field.js';

interface CameraChoiceProps {
  readonly label: string;
  /** Ids; none stands for all cameras. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Which cameras an account sees. Those that are chosen but gone are offered too, so that they can be left out. */
export function CameraChoice({ label, chosen, onChange }: CameraChoiceProps) {
  const { store } = useServices();
  const names = new Map(store.cameras.value.map(({ id, name }) => [id, name]));
  for (const id of chosen) if (!names.has(id)) names.set(id, id);
  return (
    <fieldset>
      <legend>{label}</legend>
      {[...names].map(([id, name]) => (
        <CheckField
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  );
}
