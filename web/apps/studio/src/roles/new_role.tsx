// A new role, empty or like another one.
import { useText } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Named, NewNamed } from '../parts/new_named';
import { type RoleDocument, rolesKey, saveRole } from './role_queries';

interface NewRoleProps {
  open: boolean;
  like: RoleDocument | null;
  taken: string[];
  onClose: () => void;
  onMade: (role: RoleDocument) => void;
}

export function NewRole({ open, like, taken, onClose, onMade }: NewRoleProps): ReactNode {
  const { t, localized } = useText();
  const queries = useQueryClient();
  const copyOf = (name: string) => t('studio.roles.copy_of', { name });
  const make = async ({ label, name }: Named) => {
    const role = await saveRole({
      name,
      label,
      grants: like?.grants ?? {},
      system: like?.system ?? [],
      faces: like?.faces ?? ['desk'],
    });
    await queries.invalidateQueries({ queryKey: rolesKey });
    onClose();
    onMade(role);
  };
  return (
    <NewNamed
      open={open}
      title={
        like ? t('studio.roles.copy_title', { name: localized(like.label) }) : t('studio.roles.add')
      }
      okText={t('studio.roles.make')}
      labelTitle={t('studio.roles.label')}
      nameHelp={t('studio.common.code_help')}
      like={
        like
          ? {
              name: like.name,
              label: {
                'zh-CN': copyOf(like.label['zh-CN'] ?? like.name),
                ...(like.label.en && { en: copyOf(like.label.en) }),
              },
            }
          : undefined
      }
      taken={taken}
      prefix="role"
      onMake={make}
      onClose={onClose}
    />
  );
}
