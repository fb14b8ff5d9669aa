// Every page of the studio: its place in the navigation and the right it takes.

import {
  ApartmentOutlined,
  AuditOutlined,
  CompassOutlined,
  DatabaseOutlined,
  ImportOutlined,
  KeyOutlined,
  QrcodeOutlined,
  SafetyOutlined,
  SettingOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { SystemRight } from '@hougu/api/types';
import type { ReactNode } from 'react';

export interface PageEntry {
  /** Also the name of its texts: studio.page.<key>. */
  key: string;
  path: string;
  right: SystemRight | null;
  icon: ReactNode;
}

export const pageGroups: { key: string; pages: PageEntry[] }[] = [
  {
    key: 'begin',
    pages: [{ key: 'start', path: '/', right: null, icon: <CompassOutlined /> }],
  },
  {
    key: 'people',
    pages: [
      {
        key: 'organisation',
        path: '/organisation',
        right: 'users.manage',
        icon: <ApartmentOutlined />,
      },
      { key: 'users', path: '/users', right: 'users.manage', icon: <TeamOutlined /> },
      { key: 'roles', path: '/roles', right: 'roles.manage', icon: <SafetyOutlined /> },
    ],
  },
  {
    key: 'data',
    pages: [
      { key: 'entities', path: '/entities', right: 'entities.manage', icon: <DatabaseOutlined /> },
      { key: 'import', path: '/import', right: 'import.run', icon: <ImportOutlined /> },
      { key: 'labels', path: '/labels', right: null, icon: <QrcodeOutlined /> },
    ],
  },
  {
    key: 'system',
    pages: [
      { key: 'settings', path: '/settings', right: 'settings.manage', icon: <SettingOutlined /> },
      { key: 'api_keys', path: '/api-keys', right: 'api_keys.manage', icon: <KeyOutlined /> },
      { key: 'audit', path: '/audit', right: 'audit.read', icon: <AuditOutlined /> },
    ],
  },
];

export const allPages: PageEntry[] = pageGroups.flatMap((group) => group.pages);
