import { LiveProvider } from '@hougu/api/live';
import { fetchEntitiesEarly, makeQueryClient } from '@hougu/api/queries';
import { SessionProvider } from '@hougu/api/session';
import { startI18n } from '@hougu/i18n';
import { Appearance, ErrorBoundary, useAppearance } from '@hougu/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { Desk } from './desk';

const queries = makeQueryClient();
fetchEntitiesEarly(queries);

function Start(): ReactNode {
  const { setAccent, setMode } = useAppearance();
  return (
    <SessionProvider
      face="desk"
      onSession={(info) => {
        setAccent(info.organisation.accent_color);
        if (info.preferences?.theme) setMode(info.preferences.theme);
      }}
    >
      <LiveProvider>
        <Desk />
      </LiveProvider>
    </SessionProvider>
  );
}

await startI18n(['desk', 'forms', 'ui', 'api']);
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Appearance>
        <ErrorBoundary>
          <BrowserRouter basename="/desk">
            <Start />
          </BrowserRouter>
        </ErrorBoundary>
      </Appearance>
    </QueryClientProvider>
  </StrictMode>,
);
