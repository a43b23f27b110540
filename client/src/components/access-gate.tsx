import type { ComponentChildren } from 'preact';
import { useServices } from '../services.js';
import { JoinPage } from '../views/join-page.js';
import { PublishPage } from '../views/publish-page.js';
import { SetupPage } from '../views/setup-page.js';
import { SignInPage } from '../views/sign-in-page.js';
import { FullPageNote } from './full-page-note.js';

/** Shows the page to those who may see it; others get what lets them in, at the same address. */
export function AccessGate({ children }: { readonly children: ComponentChildren }) {
  const { session, navigator, strings } = useServices();
  const route = navigator.route.value;
  const view = session.view.value;
  if (view === undefined)
    return <FullPageNote whole busy title={strings.notice.neverConnected} text={session.failure.value} />;
  if (route.view === 'join') return <JoinPage />;
  // What people in front of the cameras may read needs no account.
  if (route.view === 'notice') return <>{children}</>;
  if (route.view === 'setup' && !view.accounts) return <SetupPage />;
  if (view.caller === null) return view.accounts ? <SignInPage /> : <SetupPage />;
  if (session.can('view') || route.view === 'account') return <>{children}</>;
  return <PublishPage cameraId={route.view === 'publish' ? route.cameraId : undefined} />;
}
