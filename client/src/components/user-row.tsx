import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { UserPatch, UserView } from '../../../server/http/access-api.js';
import { useServices } from '../services.js';
import { CameraChoice } from './camera-choice.js';
import { SelectField } from './field.js';

interface UserRowProps {
  readonly user: UserView;
  /** The options of the choice of a role. */
  readonly roleOptions: ComponentChildren;
  readonly roleNamed: (name: string) => UserView['role'];
  readonly onChange: (patch: UserPatch) => void;
  readonly onRemove: () => void;
}

/** One account: what it may do, which cameras it sees, away with it. */
export function UserRow({ user, roleOptions, roleNamed, onChange, onRemove }: UserRowProps) {
  const { session, strings } = useServices();
  const t = strings.access;
  const [chosen, setChosen] = useState<readonly string[]>(user.cameras ?? []);
  const own = user.name === session.caller.value?.name;
  const changeRole = (name: string): void => {
    const role = roleNamed(name);
    // An admin sees all cameras; what limited the account before must go with the same change.
    onChange(role === 'admin' ? { role, cameras: null } : { role });
  };
  return (
    <li class="user-row" data-testid={`user-${user.name}`}>
      <span>
        {user.name} · {user.cameras?.join(', ') ?? t.allCameras} · {t.signedIn(user.sessions)}
      </span>
      <SelectField label={t.roleOf(user.name)} value={user.role} onChange={changeRole}>
        {roleOptions}
      </SelectField>
      {user.role !== 'admin' && (
        <details>
          <summary>{strings.audit.camerasOf(user.name)}</summary>
          <CameraChoice label={t.onlyCameras} chosen={chosen} onChange={setChosen} />
          <p class="quiet">{strings.audit.signsOut}</p>
          <button
            type="button"
            class="button button-small"
            onClick={() => onChange({ cameras: chosen.length === 0 ? null : chosen })}
          >
            {strings.audit.saveCameras(user.name)}
          </button>
        </details>
      )}
      {!own && (
        <button type="button" class="button button-small button-danger" onClick={onRemove}>
          {t.removeUser(user.name)}
        </button>
      )}
    </li>
  );
}
