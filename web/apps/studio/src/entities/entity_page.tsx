// The editor of one record type: a draft in four tabs, and its publication.
import { errorText } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import type { EntityDefinition } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, StatusTag, useShortcuts, useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Badge, Button, Tabs } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { Page, PageSkeleton } from '../parts/page';
import { useDraft } from '../parts/use_draft';
import { toDraft } from './definition';
import { definitionChanges } from './diff';
import { entitiesKey, removeEntity } from './entity_queries';
import { type Area, faultsOf, type PlacedFault } from './faults';
import { FieldsTab } from './fields_tab';
import { FormsTab } from './forms_tab';
import { GeneralTab } from './general_tab';
import { PublishDialog } from './publish_dialog';
import { ViewsTab } from './views_tab';

const tabs: Area[] = ['fields', 'forms', 'views', 'general'];

export default function EntityPage(): ReactNode {
  const { t } = useText();
  const { name = '' } = useParams();
  const entities = useEntities();
  if (entities.isError)
    return <LoadProblem text={errorText(entities.error)} onRetry={() => void entities.refetch()} />;
  if (!entities.data) return <PageSkeleton />;
  const entity = entities.data.find((one) => one.name === name);
  if (!entity) {
    return (
      <Page title={t('studio.page.entities')}>
        <EmptyState
          title={t('studio.entity.gone')}
          action={<Link to="/entities">{t('studio.entity.to_all')}</Link>}
        />
      </Page>
    );
  }
  return <EntityEditor key={name} entity={entity} entities={entities.data} />;
}

interface EntityEditorProps {
  entity: EntityDefinition;
  entities: EntityDefinition[];
}

function EntityEditor({ entity, entities }: EntityEditorProps): ReactNode {
  const { t, localized } = useText();
  const { tab = 'fields' } = useParams();
  const go = useNavigate();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { modal } = App.useApp();
  const current = useMemo(() => toDraft(entity), [entity]);
  const draft = useDraft(`entity.${entity.name}`, current);
  const [publishing, setPublishing] = useState(false);
  const [faults, setFaults] = useState<PlacedFault[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const { value, base } = draft;
  const changes = useMemo(
    () => (value && base ? definitionChanges(base, value) : []),
    [value, base],
  );
  const dirty = changes.length > 0;
  useShortcuts({ 'mod+s': () => dirty && setPublishing(true) });
  if (!value || !base) return <PageSkeleton />;

  const remove = () =>
    modal.confirm({
      title: t('studio.entity.delete_title', { name: localized(entity.label) }),
      content: t('studio.entity.delete_text'),
      okText: t('studio.entity.delete_ok'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await removeEntity(entity.name);
          draft.discard();
          await queries.invalidateQueries({ queryKey: entitiesKey });
          void go('/entities');
        } catch (error) {
          setProblem(errorText(error));
        }
      },
    });
  const discard = () => {
    const before = value;
    setFaults([]);
    draft.discard();
    toast({ text: t('studio.entity.discarded'), undo: () => draft.set(before) });
  };
  const shared = { draft: value, base, entities, faults, onChange: draft.set };
  const panes: Record<Area, ReactNode> = {
    fields: <FieldsTab {...shared} />,
    forms: <FormsTab {...shared} />,
    views: <ViewsTab {...shared} />,
    general: <GeneralTab {...shared} />,
  };
  return (
    <Page
      title={localized(value.definition.label) || entity.name}
      back={<Link to="/entities">{t('studio.page.entities')}</Link>}
      intro={
        <span className="studio-inline studio-wrap">
          <code>{entity.name}</code>
          {entity.core && (
            <StatusTag title={t('studio.entity.core_help')}>{t('studio.entity.core')}</StatusTag>
          )}
          <span>{t('studio.entity.version', { version: entity.version })}</span>
          {dirty && (
            <StatusTag color="orange">
              {t('studio.entity.unpublished', { count: changes.length })}
            </StatusTag>
          )}
        </span>
      }
      actions={
        <>
          {!entity.core && (
            <Button danger onClick={remove}>
              {t('ui.action.delete')}
            </Button>
          )}
          <Button disabled={!dirty} onClick={discard}>
            {t('studio.common.discard')}
          </Button>
          <Button type="primary" disabled={!dirty} onClick={() => setPublishing(true)}>
            {t('studio.entity.publish')}
          </Button>
        </>
      }
    >
      {draft.restored && (
        <Alert type="info" showIcon title={t('studio.common.restored')} className="studio-gap" />
      )}
      {problem && (
        <Alert type="error" showIcon role="alert" title={problem} className="studio-gap" />
      )}
      {faults.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          className="studio-gap"
          title={t('studio.entity.refused', { count: faults.length })}
          closable={{ onClose: () => setFaults([]) }}
        />
      )}
      <Tabs
        activeKey={tabs.includes(tab as Area) ? tab : 'fields'}
        onChange={(key) => void go(`/entities/${entity.name}/${key}`, { replace: true })}
        items={tabs.map((key) => ({
          key,
          label: (
            <Badge
              size="small"
              offset={[8, 0]}
              count={faultsOf(faults, key).length}
              title={t('studio.entity.fault_count')}
            >
              {t(`studio.entity.tab_${key}`)}
            </Badge>
          ),
          children: panes[key],
        }))}
      />
      <PublishDialog
        open={publishing}
        entity={entity}
        base={base}
        draft={value}
        changes={changes}
        onClose={() => setPublishing(false)}
        onFaults={(placed) => {
          setFaults(placed);
          setPublishing(false);
          const area = placed[0]?.area;
          if (area) void go(`/entities/${entity.name}/${area}`, { replace: true });
        }}
        onRebase={(next) => draft.saved(next)}
        onPublished={(published) => {
          setFaults([]);
          setPublishing(false);
          queries.setQueryData<EntityDefinition[]>(entitiesKey, (all) =>
            all?.map((one) => (one.name === published.name ? published : one)),
          );
          draft.saved(toDraft(published));
          void queries.invalidateQueries({ queryKey: ['records', entity.name] });
          toast({ text: t('studio.entity.published', { name: localized(published.label) }) });
        }}
      />
    </Page>
  );
}
