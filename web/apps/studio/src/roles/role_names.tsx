// Roles by the names people know.
import { useText } from '@hougu/i18n';
import type { ReactNode } from 'react';
import { useRoles } from './role_queries';

export function useRoleName(): (name: string) => string {
  const { localized } = useText();
  const roles = useRoles();
  return (name) => localized(roles.data?.find((role) => role.name === name)?.label) || name;
}

export function RoleNames({ names }: { names: string[] }): ReactNode {
  const { t } = useText();
  const nameOf = useRoleName();
  if (names.length === 0) return <span className="studio-soft">{t('studio.users.no_role')}</span>;
  const text = names.map(nameOf).join(t('studio.common.comma'));
  return (
    <span className="studio-soft hougu-cut" title={text}>
      {text}
    </span>
  );
}
