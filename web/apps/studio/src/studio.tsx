// The studio's frame and the addresses of its pages.
import { SearchOutlined } from '@ant-design/icons';
import { useConnected } from '@hougu/api/live';
import { useSession } from '@hougu/api/session';
import { useText } from '@hougu/i18n';
import { AppShell, ConnectionBar, ErrorBoundary, ShortcutHelp, useShortcuts } from '@hougu/ui';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { Finder } from './frame/finder';
import { lazyPage, usePreloadedPages } from './frame/lazy_page';
import { NotAllowed, NotFound } from './frame/missing';
import { allPages, type PageEntry, pageGroups } from './frame/pages';
import { PersonMenu } from './frame/person_menu';
import './studio.css';
import './pages.css';

const StartPage = lazyPage(() => import('./start/start_page'));
const OrganisationPage = lazyPage(() => import('./organisation/organisation_page'));
const UsersPage = lazyPage(() => import('./users/users_page'));
const RolesPage = lazyPage(() => import('./roles/roles_page'));
const RolePage = lazyPage(() => import('./roles/role_page'));
const EntitiesPage = lazyPage(() => import('./entities/entities_page'));
const EntityPage = lazyPage(() => import('./entities/entity_page'));
const ImportPage = lazyPage(() => import('./imports/import_page'));
const LabelsPage = lazyPage(() => import('./labels/labels_page'));
const SettingsPage = lazyPage(() => import('./settings/settings_page'));
const ApiKeysPage = lazyPage(() => import('./api_keys/api_keys_page'));
const AuditPage = lazyPage(() => import('./audit/audit_page'));

function isActive(page: PageEntry, pathname: string): boolean {
  return page.path === '/'
    ? pathname === '/'
    : pathname === page.path || pathname.startsWith(`${page.path}/`);
}

function Pages(): ReactNode {
  const { pathname } = useLocation();
  const { has } = useSession();
  const page = allPages.find((entry) => isActive(entry, pathname));
  if (page?.right && !has(page.right)) return <NotAllowed page={page} />;
  return (
    <ErrorBoundary key={page?.key ?? 'none'}>
      <Routes>
        <Route path="/" element={<StartPage />} />
        <Route path="/organisation" element={<OrganisationPage />} />
        <Route path="/organisation/:id" element={<OrganisationPage />} />
        <Route path="/users" element={<UsersPage />} />
        <Route path="/users/:id" element={<UsersPage />} />
        <Route path="/roles" element={<RolesPage />} />
        <Route path="/roles/:name" element={<RolePage />} />
        <Route path="/entities" element={<EntitiesPage />} />
        <Route path="/entities/:name" element={<EntityPage />} />
        <Route path="/entities/:name/:tab" element={<EntityPage />} />
        <Route path="/import" element={<ImportPage />} />
        <Route path="/import/:id" element={<ImportPage />} />
        <Route path="/labels" element={<LabelsPage />} />
        <Route path="/settings" element={<SettingsPage />} />
        <Route path="/api-keys" element={<ApiKeysPage />} />
        <Route path="/audit" element={<AuditPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </ErrorBoundary>
  );
}

export function Studio(): ReactNode {
  const { t } = useText();
  const { info, has } = useSession();
  const { pathname } = useLocation();
  const connected = useConnected();
  const [finder, setFinder] = useState(false);
  const [help, setHelp] = useState(false);
  usePreloadedPages();
  useShortcuts({ 'mod+k': () => setFinder(true), '?': () => setHelp(true) });

  const nav = pageGroups
    .map((group) => ({
      key: group.key,
      label: t(`studio.group.${group.key}`),
      items: group.pages
        .filter((page) => !page.right || has(page.right))
        .map((page) => ({
          key: page.key,
          to: page.path,
          label: t(`studio.page.${page.key}`),
          icon: page.icon,
          active: isActive(page, pathname),
        })),
    }))
    .filter((group) => group.items.length > 0);
  const findButton = (narrow: boolean) => (
    <Button
      block={!narrow}
      type={narrow ? 'text' : 'default'}
      icon={<SearchOutlined />}
      aria-label={t('studio.finder.placeholder')}
      onClick={() => setFinder(true)}
    >
      {narrow ? null : t('studio.finder.button')}
    </Button>
  );
  return (
    <>
      <AppShell
        name={info.organisation.name || t('studio.frame.product')}
        logo={info.organisation.logo_url}
        nav={nav}
        primary={findButton}
        top={findButton(true)}
        foot={(narrow) => <PersonMenu narrow={narrow} onShortcuts={() => setHelp(true)} />}
        banner={<ConnectionBar connected={connected} />}
      >
        <Pages />
      </AppShell>
      <Finder open={finder} onClose={() => setFinder(false)} />
      <ShortcutHelp
        open={help}
        onClose={() => setHelp(false)}
        groups={[
          {
            title: t('studio.keys.everywhere'),
            keys: [
              { keys: 'mod+k', does: t('studio.keys.find') },
              { keys: '/', does: t('studio.keys.search') },
              { keys: '?', does: t('studio.keys.help') },
              { keys: 'escape', does: t('studio.keys.close') },
            ],
          },
          {
            title: t('studio.keys.lists'),
            keys: [
              { keys: 'n', does: t('studio.keys.new') },
              { keys: 'mod+s', does: t('studio.keys.save') },
            ],
          },
        ]}
      />
    </>
  );
}
