// One role: the matrix, the system rights, and the same in sentences beside them.
import { errorText } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import type { Face, SystemRight } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, useShortcuts, useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { LocalizedInput } from '../parts/localized_input';
import { Page, PageSkeleton } from '../parts/page';
import { useDraft } from '../parts/use_draft';
import { GrantMatrix } from './grant_matrix';
import { NewRole } from './new_role';
import {
  administrator,
  type RoleDocument,
  removeRole,
  rolesKey,
  saveRole,
  useRoles,
} from './role_queries';
import './roles.css';
import { roleSentences } from './sentences';

const rights: SystemRight[] = [
  'users.manage',
  'roles.manage',
  'entities.manage',
  'settings.manage',
  'import.run',
  'api_keys.manage',
  'audit.read',
];
const faces: Face[] = ['desk', 'field'];

export default function RolePage(): ReactNode {
  const { t } = useText();
  const { name = '' } = useParams();
  const roles = useRoles();
  if (roles.isError)
    return <LoadProblem text={errorText(roles.error)} onRetry={() => void roles.refetch()} />;
  if (!roles.data) return <PageSkeleton />;
  const role = roles.data.find((one) => one.name === name);
  if (!role) {
    return (
      <Page title={t('studio.page.roles')}>
        <EmptyState
          title={t('studio.roles.gone')}
          action={<Link to="/roles">{t('studio.roles.to_all')}</Link>}
        />
      </Page>
    );
  }
  return <RoleEditor key={name} role={role} taken={roles.data.map((one) => one.name)} />;
}

function RoleEditor({ role, taken }: { role: RoleDocument; taken: string[] }): ReactNode {
  const { t, localized } = useText();
  const go = useNavigate();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { modal } = App.useApp();
  const entities = useEntities();
  const draft = useDraft<RoleDocument>(`role.${role.name}`, role);
  const [busy, setBusy] = useState(false);
  const [copying, setCopying] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fixed = role.name === administrator;

  const save = async () => {
    if (!draft.value || !draft.dirty) return;
    setBusy(true);
    setProblem(null);
    try {
      const saved = await saveRole(draft.value);
      queries.setQueryData<RoleDocument[]>(rolesKey, (all) =>
        all?.map((one) => (one.name === saved.name ? saved : one)),
      );
      draft.saved(saved);
      toast({ text: t('studio.roles.saved', { name: localized(saved.label) }) });
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  useShortcuts({ 'mod+s': () => void save() });

  const remove = () =>
    modal.confirm({
      title: t('studio.roles.delete_title', { name: localized(role.label) }),
      content: t('studio.roles.delete_text'),
      okText: t('ui.action.delete'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await removeRole(role.name);
          await queries.invalidateQueries({ queryKey: rolesKey });
          void go('/roles');
        } catch (error) {
          setProblem(errorText(error));
        }
      },
    });

  const value = draft.value;
  if (!value || !entities.data) {
    return entities.isError ? (
      <LoadProblem text={errorText(entities.error)} onRetry={() => void entities.refetch()} />
    ) : (
      <PageSkeleton />
    );
  }
  return (
    <Page
      title={localized(value.label) || value.name}
      back={<Link to="/roles">{t('studio.page.roles')}</Link>}
      intro={fixed ? t('studio.roles.everything') : t('studio.roles.editor_intro')}
      actions={
        <>
          <Link to={`/users?role=${role.name}`}>{t('studio.roles.who')}</Link>
          {!fixed && (
            <>
              <Button onClick={() => setCopying(true)}>{t('studio.roles.copy')}</Button>
              <Button danger onClick={remove}>
                {t('ui.action.delete')}
              </Button>
              <Button disabled={!draft.dirty} onClick={draft.discard}>
                {t('studio.common.discard')}
              </Button>
              <Button
                type="primary"
                disabled={!draft.dirty}
                loading={busy}
                onClick={() => void save()}
              >
                {t('ui.action.save')}
              </Button>
            </>
          )}
        </>
      }
    >
      {draft.restored && (
        <Alert type="info" showIcon title={t('studio.common.restored')} className="studio-gap" />
      )}
      {problem && (
        <Alert type="error" showIcon role="alert" title={problem} className="studio-gap" />
      )}
      <div className="studio-role-page">
        <div>
          {!fixed && (
            <section className="studio-card">
              <h2>{t('studio.roles.label')}</h2>
              <LocalizedInput
                name={t('studio.roles.label')}
                value={value.label}
                onChange={(label) => draft.set({ ...value, label })}
              />
            </section>
          )}
          <section className="studio-card">
            <h2>{t('studio.roles.records')}</h2>
            <p className="studio-soft">{t('studio.roles.records_text')}</p>
            <GrantMatrix
              role={fixed ? everythingRole(value) : value}
              entities={entities.data}
              readOnly={fixed}
              onChange={draft.set}
            />
          </section>
          <SystemRights role={value} fixed={fixed} onChange={draft.set} />
        </div>
        <aside className="studio-card studio-aside" aria-labelledby="role-sentences">
          <h2 id="role-sentences">{t('studio.roles.in_words')}</h2>
          <ul className="studio-sentences" aria-live="polite">
            {(fixed ? [t('studio.roles.everything')] : roleSentences(value, entities.data)).map(
              (sentence) => (
                <li key={sentence}>{sentence}</li>
              ),
            )}
          </ul>
        </aside>
      </div>
      <NewRole
        open={copying}
        like={value}
        taken={taken}
        onClose={() => setCopying(false)}
        onMade={(made) => void go(`/roles/${made.name}`)}
      />
    </Page>
  );
}

/** The administrator's role has every right without naming any. */
function everythingRole(role: RoleDocument): RoleDocument {
  const all = { read: 'all', update: 'all', delete: 'all', export: 'all' } as const;
  return { ...role, grants: { '*': { ...all, create: true, verbs: { '*': 'all' } } } };
}

interface SystemRightsProps {
  role: RoleDocument;
  fixed: boolean;
  onChange: (role: RoleDocument) => void;
}

function SystemRights({ role, fixed, onChange }: SystemRightsProps): ReactNode {
  const { t } = useText();
  return (
    <>
      <section className="studio-card">
        <h2>{t('studio.roles.faces')}</h2>
        <p className="studio-soft">{t('studio.roles.faces_text')}</p>
        <Checkbox.Group
          disabled={fixed}
          value={fixed ? faces : (role.faces ?? ['desk'])}
          onChange={(chosen) =>
            onChange({ ...role, faces: faces.filter((f) => chosen.includes(f)) })
          }
          options={faces.map((face) => ({ value: face, label: t(`studio.face.${face}`) }))}
        />
      </section>
      <section className="studio-card">
        <h2>{t('studio.roles.system')}</h2>
        <p className="studio-soft">{t('studio.roles.system_text')}</p>
        <Checkbox.Group
          disabled={fixed}
          className="studio-checks"
          value={fixed ? rights : (role.system ?? [])}
          onChange={(chosen) =>
            onChange({ ...role, system: rights.filter((right) => chosen.includes(right)) })
          }
          options={rights.map((right) => ({ value: right, label: t(`studio.right.${right}`) }))}
        />
      </section>
    </>
  );
}
