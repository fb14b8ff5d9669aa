// The frame of the desk and its pages.
import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useConnected } from '@hougu/api/live';
import { useEntities } from '@hougu/api/queries';
import { usePreference, useSession } from '@hougu/api/session';
import { RecordLinks } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import {
  AppShell,
  ConnectionBar,
  EmptyState,
  ErrorBoundary,
  LoadProblem,
  ShortcutHelp,
  UserMenu,
  useShortcuts,
} from '@hougu/ui';
import { Button, Tooltip } from 'antd';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { Link, Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { Finder } from './frame/finder';
import { useNewTicketToasts } from './frame/new_ticket_toast';
import { PasswordDialog } from './frame/password_dialog';
import { shortcutGroups } from './frame/shortcut_groups';
import { useNav } from './frame/use_nav';
import { newTicketPath, queuePath, recordPath } from './paths';
import { QueuePage } from './queue/queue_page';
import { useTicketViews } from './queue/use_views';
import { TicketPage } from './ticket/ticket_page';

const NewTicketPage = lazy(() => import('./caller/new_ticket_page'));
const ListPage = lazy(() => import('./records/list_page'));
const RecordPage = lazy(() => import('./records/record_page'));
const NewRecordPage = lazy(() => import('./records/new_record_page'));

function Home(): ReactNode {
  const views = useTicketViews();
  const [last] = usePreference<string>('last_queue', '');
  const view =
    views.find((one) => one.name === last) ?? views.find((one) => one.default) ?? views[0];
  return view ? <Navigate to={queuePath(view.name)} replace /> : <NoTickets />;
}

/** Somebody who may use the desk but read no tickets. */
function NoTickets(): ReactNode {
  const { t } = useText();
  return <EmptyState title={t('desk.home.no_tickets')}>{t('desk.home.no_tickets_why')}</EmptyState>;
}

function NotFound(): ReactNode {
  const { t } = useText();
  return (
    <EmptyState
      title={t('desk.missing.page')}
      action={<Link to="/">{t('desk.missing.home')}</Link>}
    >
      {t('desk.missing.page_why')}
    </EmptyState>
  );
}

/** Pages that stay mounted while the address within them changes: a queue with another ticket open. */
function pageKey(pathname: string): string {
  return pathname.startsWith('/queue/') ? pathname.split('/').slice(0, 3).join('/') : pathname;
}

function Pages(): ReactNode {
  const { pathname } = useLocation();
  return (
    <ErrorBoundary key={pageKey(pathname)}>
      <Suspense fallback={null}>
        <Routes>
          <Route path="/" element={<Home />} />
          <Route path="/queue/:view/:id?" element={<QueuePage />} />
          <Route path="/ticket/new" element={<NewTicketPage />} />
          <Route path="/ticket/:id" element={<TicketPage />} />
          <Route path="/records/:entity" element={<ListPage />} />
          <Route path="/records/:entity/new" element={<NewRecordPage />} />
          <Route path="/records/:entity/:id" element={<RecordPage />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
}

export function Desk(): ReactNode {
  const { t } = useText();
  const { info, signOut, setPreference } = useSession();
  const connected = useConnected();
  const entities = useEntities();
  const nav = useNav();
  const go = useNavigate();
  const [finding, setFinding] = useState(false);
  const [helping, setHelping] = useState(false);
  const [password, setPassword] = useState(false);
  useNewTicketToasts();
  useShortcuts({
    'mod+k': () => setFinding(true),
    'ctrl+alt+n': () => void go(newTicketPath()),
    'alt+n': () => void go(newTicketPath()),
    '?': () => setHelping(true),
  });
  const help = useCallback(() => setHelping(true), []);
  const groups = useMemo(() => shortcutGroups(t), [t]);
  const faces = info.faces
    .filter((face) => face !== 'desk')
    .map((face) => ({ href: `/${face}/`, label: t(`api.face.${face}`) }));
  const search = (
    <Button
      type="text"
      icon={<SearchOutlined />}
      aria-label={t('desk.finder.placeholder')}
      onClick={() => setFinding(true)}
    />
  );
  const primary = (narrow: boolean) => (
    <div className={narrow ? 'desk-primary desk-primary-narrow' : 'desk-primary'}>
      <Tooltip title={narrow ? t('desk.caller.new') : ''} placement="right">
        <Button
          type="primary"
          icon={<PlusOutlined />}
          block
          aria-label={t('desk.caller.new')}
          onClick={() => void go(newTicketPath())}
        >
          {narrow ? null : t('desk.caller.new')}
        </Button>
      </Tooltip>
      {search}
    </div>
  );

  if (entities.isError && !entities.data) {
    return <LoadProblem text={errorText(entities.error)} onRetry={() => void entities.refetch()} />;
  }
  return (
    <RecordLinks value={recordPath}>
      <AppShell
        name={info.organisation.name || t('desk.product')}
        logo={info.organisation.logo_url}
        nav={nav}
        primary={primary}
        top={search}
        banner={<ConnectionBar connected={connected} />}
        foot={(narrow) => (
          <UserMenu
            name={info.user.name}
            narrow={narrow}
            faces={faces}
            onSignOut={() => void signOut()}
            onPassword={() => setPassword(true)}
            onShortcuts={help}
            onLocale={(locale) => setPreference('locale', locale)}
            onMode={(mode) => setPreference('theme', mode)}
          />
        )}
      >
        {entities.data && <Pages />}
      </AppShell>
      <Finder open={finding} onClose={() => setFinding(false)} onShortcuts={help} />
      <ShortcutHelp open={helping} onClose={() => setHelping(false)} groups={groups} />
      <PasswordDialog open={password} onClose={() => setPassword(false)} />
    </RecordLinks>
  );
}
