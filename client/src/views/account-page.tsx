import { Icon } from '../components/icon.js';
import { PasswordChange } from '../components/password-change.js';
import { RouteLink } from '../components/route-link.js';
import { SessionList } from '../components/session-list.js';
import { TokenList } from '../components/token-list.js';
import { useServices } from '../services.js';

/** One's own account: signing out, password, browsers, API tokens; for admins the ways to the accounts and to the audit log. */
export function AccountPage() {
  const { access, session, strings } = useServices();
  const t = strings.access;
  const caller = session.caller.value;
  return (
    <div class="account-page" data-testid="account-page">
      <header class="page-head">
        <RouteLink to={{ view: 'wall' }} class="icon-button" label={strings.app.backToWall}>
          <Icon name="back" />
        </RouteLink>
        <h1>{caller?.name}</h1>
        {session.can('admin') && (
          <>
            <RouteLink to={{ view: 'users' }} class="button">
              {t.users}
            </RouteLink>
            <RouteLink to={{ view: 'audit' }} class="button">
              {strings.audit.title}
            </RouteLink>
          </>
        )}
        <button
          type="button"
          class="button"
          onClick={() => void access.signOut().then(() => location.assign('/'))}
        >
          {t.signOut}
        </button>
      </header>
      {caller?.kind === 'user' && (
        <>
          <PasswordChange />
          <SessionList />
        </>
      )}
      {caller?.kind !== 'link' && <TokenList />}
    </div>
  );
}
