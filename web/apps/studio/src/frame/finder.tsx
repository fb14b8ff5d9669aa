// Ctrl/⌘ K in the studio: pages, record types, roles and people by a few letters.

import { DatabaseOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons';
import { useEntities, useLookup } from '@hougu/api/queries';
import { useSession } from '@hougu/api/session';
import { useText } from '@hougu/i18n';
import { CommandPalette, matches, type PaletteGroup } from '@hougu/ui';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { useRoles } from '../roles/role_queries';
import { allPages } from './pages';

export function Finder({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const { t, localized } = useText();
  const { has } = useSession();
  const go = useNavigate();
  const [search, setSearch] = useState('');
  const wanted = search.trim();
  const entities = useEntities();
  const roles = useRoles(open && has('roles.manage'));
  const people = useLookup('user', wanted, open && wanted !== '' && has('users.manage'));

  const groups: PaletteGroup[] = [
    {
      key: 'pages',
      label: t('studio.finder.pages'),
      items: allPages
        .filter((page) => !page.right || has(page.right))
        .map((page) => ({
          key: `page-${page.key}`,
          label: t(`studio.page.${page.key}`),
          icon: page.icon,
          onPick: () => void go(page.path),
        })),
    },
    {
      key: 'entities',
      label: t('studio.page.entities'),
      items: (has('entities.manage') ? (entities.data ?? []) : []).map((entity) => ({
        key: `entity-${entity.name}`,
        label: localized(entity.label),
        hint: entity.name,
        icon: <DatabaseOutlined />,
        onPick: () => void go(`/entities/${entity.name}`),
      })),
    },
    {
      key: 'roles',
      label: t('studio.page.roles'),
      items: (roles.data ?? []).map((role) => ({
        key: `role-${role.name}`,
        label: localized(role.label),
        hint: role.name,
        icon: <SafetyOutlined />,
        onPick: () => void go(`/roles/${role.name}`),
      })),
    },
  ];
  const found = groups.map((group) => ({
    ...group,
    items: group.items.filter(
      (item) => wanted === '' || matches(`${item.label} ${item.hint ?? ''}`, wanted),
    ),
  }));
  const persons: PaletteGroup = {
    key: 'people',
    label: t('studio.page.users'),
    items:
      wanted === ''
        ? []
        : (people.data ?? []).map((person) => ({
            key: `user-${person.id}`,
            label: person.title,
            hint: person.hint ?? undefined,
            icon: <UserOutlined />,
            onPick: () => void go(`/users/${person.id}`),
          })),
  };
  return (
    <CommandPalette
      open={open}
      onClose={onClose}
      placeholder={t('studio.finder.placeholder')}
      search={search}
      onSearch={setSearch}
      groups={[...found, persons]}
      busy={people.isFetching}
    />
  );
}
