import { LiveProvider } from '@hougu/api/live';
import { makeQueryClient } from '@hougu/api/queries';
import { SessionProvider } from '@hougu/api/session';
import { startI18n } from '@hougu/i18n';
import { Appearance, ErrorBoundary, useAppearance } from '@hougu/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { Studio } from './studio';

const queries = makeQueryClient();

function Start(): ReactNode {
  const { setAccent, setMode } = useAppearance();
  return (
    <SessionProvider
      face="studio"
      onSession={(info) => {
        setAccent(info.organisation.accent_color);
        if (info.preferences?.theme) setMode(info.preferences.theme);
      }}
    >
      <LiveProvider>
        <Studio />
      </LiveProvider>
    </SessionProvider>
  );
}

await startI18n(['studio', 'forms', 'ui', 'api']);
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Appearance>
        <ErrorBoundary>
          <BrowserRouter basename="/studio">
            <Start />
          </BrowserRouter>
        </ErrorBoundary>
      </Appearance>
    </QueryClientProvider>
  </StrictMode>,
);
