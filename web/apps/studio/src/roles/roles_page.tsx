// Roles: each with what it may do in sentences.
import { PlusOutlined, SafetyOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import { useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, StatusTag, useShortcuts } from '@hougu/ui';
import { Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Page } from '../parts/page';
import { NewRole } from './new_role';
import { administrator, type RoleDocument, useRoles } from './role_queries';
import { roleSentences } from './sentences';

const shownSentences = 3;

export default function RolesPage(): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const roles = useRoles();
  const [adding, setAdding] = useState<{ like: RoleDocument | null } | null>(null);
  useShortcuts({ n: () => setAdding({ like: null }) });
  return (
    <Page
      title={t('studio.page.roles')}
      intro={t('studio.roles.intro')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding({ like: null })}>
          {t('studio.roles.add')}
        </Button>
      }
    >
      {roles.isError ? (
        <LoadProblem text={errorText(roles.error)} onRetry={() => void roles.refetch()} />
      ) : roles.isPending ? (
        <div className="studio-cards">
          {[1, 2, 3].map((n) => (
            <div key={n} className="studio-card">
              <Skeleton active paragraph={{ rows: 3 }} />
            </div>
          ))}
        </div>
      ) : roles.data.length === 0 ? (
        <EmptyState icon={<SafetyOutlined />} title={t('studio.roles.none')}>
          {t('studio.roles.none_text')}
        </EmptyState>
      ) : (
        <div className="studio-cards">
          {roles.data.map((role) => (
            <RoleCard key={role.name} role={role} onCopy={() => setAdding({ like: role })} />
          ))}
        </div>
      )}
      <NewRole
        open={adding !== null}
        like={adding?.like ?? null}
        taken={(roles.data ?? []).map((role) => role.name)}
        onClose={() => setAdding(null)}
        onMade={(role) => void go(`/roles/${role.name}`)}
      />
    </Page>
  );
}

function RoleCard({ role, onCopy }: { role: RoleDocument; onCopy: () => void }): ReactNode {
  const { t, localized } = useText();
  const entities = useEntities();
  const everything = role.name === administrator;
  const sentences = everything
    ? [t('studio.roles.everything')]
    : entities.data
      ? roleSentences(role, entities.data)
      : [];
  const name = localized(role.label) || role.name;
  return (
    <article className="studio-card studio-role">
      <div className="studio-card-head">
        <h2 className="hougu-cut">
          <Link to={`/roles/${role.name}`}>{name}</Link>
        </h2>
        <StatusTag title={t('studio.roles.name_help')}>{role.name}</StatusTag>
      </div>
      <ul className="studio-sentences">
        {sentences.slice(0, shownSentences).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {sentences.length > shownSentences && (
        <p className="studio-soft">
          {t('studio.roles.more_sentences', { count: sentences.length - shownSentences })}
        </p>
      )}
      <div className="studio-actions studio-card-foot">
        <Link to={`/users?role=${role.name}`}>{t('studio.roles.who')}</Link>
        {!everything && (
          <Button
            size="small"
            type="link"
            onClick={onCopy}
            aria-label={t('studio.roles.copy_name', { name })}
          >
            {t('studio.roles.copy')}
          </Button>
        )}
      </div>
    </article>
  );
}
