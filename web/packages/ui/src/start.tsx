// How the pages of the people at work begin: texts, theme, session, live changes, router.
import { LiveProvider } from '@hougu/api/live';
import { makeQueryClient } from '@hougu/api/queries';
import { type SessionMemory, SessionProvider } from '@hougu/api/session';
import type { Face } from '@hougu/api/types';
import { startI18n } from '@hougu/i18n';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ErrorBoundary } from './feedback';
import { Appearance, useAppearance } from './theme';

interface SignedInProps {
  face: Face;
  memory: SessionMemory | undefined;
  children: ReactNode;
}

function SignedIn({ face, memory, children }: SignedInProps): ReactNode {
  const { setAccent, setMode } = useAppearance();
  return (
    <SessionProvider
      face={face}
      memory={memory}
      onSession={(info) => {
        setAccent(info.organisation.accent_color);
        if (info.preferences?.theme) setMode(info.preferences.theme);
      }}
    >
      <LiveProvider>{children}</LiveProvider>
    </SessionProvider>
  );
}

/**
 * Shows the app under `/<face>` to whoever is signed in and may use it. With a memory it also opens
 * without a network, for whoever was signed in last.
 */
export async function startApp(
  face: Face,
  app: ReactNode,
  queries: QueryClient = makeQueryClient(),
  memory?: SessionMemory,
): Promise<void> {
  await startI18n([face, 'forms', 'ui', 'api']);
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Appearance>
          <ErrorBoundary>
            <BrowserRouter basename={`/${face}`}>
              <SignedIn face={face} memory={memory}>
                {app}
              </SignedIn>
            </BrowserRouter>
          </ErrorBoundary>
        </Appearance>
      </QueryClientProvider>
    </StrictMode>,
  );
}
