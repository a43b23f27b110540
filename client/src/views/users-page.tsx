import { useState } from 'preact/hooks';
import type { UserInput } from '../../../server/http/access-api.js';
import { CameraChoice } from '../components/camera-choice.js';
import { SelectField } from '../components/field.js';
import { Icon } from '../components/icon.js';
import { LoadNote } from '../components/load-note.js';
import { PasswordForm } from '../components/password-form.js';
import { PublishLinkList } from '../components/publish-link-list.js';
import { RouteLink } from '../components/route-link.js';
import { useLoaded } from '../components/use-loaded.js';
import { UserRow } from '../components/user-row.js';
import { useServices } from '../services.js';

const roles: readonly UserInput['role'][] = ['viewer', 'operator', 'publisher', 'admin'];

/** The accounts, for admins: what each may do, another one, away with one; the links that let others send. */
export function UsersPage() {
  const { access, strings } = useServices();
  const t = strings.access;
  const { value, failure, change, reload } = useLoaded(() => access.users());
  const [role, setRole] = useState<UserInput['role']>('viewer');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const roleNamed = (name: string) => roles.find((one) => one === name) ?? 'viewer';
  const roleOptions = roles.map((one) => (
    <option key={one} value={one}>
      {t.role[one]}
    </option>
  ));
  return (
    <div class="account-page" data-testid="users-page">
      <header class="page-head">
        <RouteLink to={{ view: 'account' }} class="icon-button" label={t.account}>
          <Icon name="back" />
        </RouteLink>
        <h1>{t.users}</h1>
      </header>
      <LoadNote value={value} failure={failure} onRetry={reload} />
      <section class="panel" aria-label={t.users}>
        {value?.length === 0 && <p class="quiet">{t.noUsers}</p>}
        <ul class="rows">
          {value?.map((user) => (
            <UserRow
              key={`${user.id} ${user.cameras?.join(' ') ?? ''}`}
              user={user}
              roleOptions={roleOptions}
              roleNamed={roleNamed}
              onChange={(patch) => void change(() => access.changeUser(user.id, patch))}
              onRemove={() => void change(() => access.removeUser(user.id))}
            />
          ))}
        </ul>
      </section>
      <section class="panel" aria-labelledby="new-user-title">
        <h2 id="new-user-title">{t.newUser}</h2>
        <SelectField label={t.roleLabel} value={role} onChange={(next) => setRole(roleNamed(next))}>
          {roleOptions}
        </SelectField>
        <p class="quiet">{t.roleHint[role]}</p>
        {role !== 'admin' && <CameraChoice label={t.onlyCameras} chosen={chosen} onChange={setChosen} />}
        <PasswordForm
          key={value?.length}
          submit={t.newUser}
          fresh
          onSubmit={async (credentials) => {
            const limited = role !== 'admin' && chosen.length > 0;
            await access.addUser({ ...credentials, role, ...(limited && { cameras: chosen }) });
            await change(() => Promise.resolve());
          }}
        />
      </section>
      <PublishLinkList />
    </div>
  );
}
