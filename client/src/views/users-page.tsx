import { useState } from 'preact/hooks';
import type { UserInput } from '../../../server/http/access-api.js';
import { CheckField, SelectField } from '../components/field.js';
import { Icon } from '../components/icon.js';
import { PasswordForm } from '../components/password-form.js';
import { RouteLink } from '../components/route-link.js';
import { useLoaded } from '../components/use-loaded.js';
import { useServices } from '../services.js';

const roles: readonly UserInput['role'][] = ['viewer', 'operator', 'publisher', 'admin'];

/** The accounts, for admins: what each may do, another one, away with one. */
export function UsersPage() {
  const { access, session, store, strings } = useServices();
  const t = strings.access;
  const { value, failure, change } = useLoaded(() => access.users());
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
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {failure}
        </p>
      )}
      <section class="panel" aria-label={t.users}>
        <ul class="rows">
          {value?.map((user) => (
            <li key={user.id} data-testid={`user-${user.name}`}>
              <span>
                {user.name} · {user.cameras?.join(', ') ?? t.allCameras} · {t.signedIn(user.sessions)}
              </span>
              <SelectField
                label={t.roleOf(user.name)}
                value={user.role}
                onChange={(next) => void change(() => access.changeUser(user.id, { role: roleNamed(next) }))}
              >
                {roleOptions}
              </SelectField>
              {user.name !== session.caller.value?.name && (
                <button
                  type="button"
                  class="button button-small button-danger"
                  onClick={() => void change(() => access.removeUser(user.id))}
                >
                  {t.removeUser(user.name)}
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section class="panel" aria-labelledby="new-user-title">
        <h2 id="new-user-title">{t.newUser}</h2>
        <SelectField label={t.roleLabel} value={role} onChange={(next) => setRole(roleNamed(next))}>
          {roleOptions}
        </SelectField>
        <p class="quiet">{t.roleHint[role]}</p>
        {role !== 'admin' && (
          <fieldset>
            <legend>{t.onlyCameras}</legend>
            {store.cameras.value.map(({ id, name }) => (
              <CheckField
                key={id}
                label={name}
                checked={chosen.includes(id)}
                onChange={(on) => setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
              />
            ))}
          </fieldset>
        )}
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
    </div>
  );
}
