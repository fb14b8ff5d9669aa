// One record of any entity: its form, what relates to it, its history.
import { ArrowLeftOutlined, DeleteOutlined, MoreOutlined } from '@ant-design/icons';
import { del, errorText, post } from '@hougu/api/client';
import { usePresence } from '@hougu/api/live';
import { isMissing, useEntity, useRecord } from '@hougu/api/queries';
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { errorsOf, missing, pickForm, RecordForm, titleOf } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import {
  EmptyState,
  LoadProblem,
  RelativeTime,
  usePageTitle,
  useShortcuts,
  useUndoToast,
} from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Dropdown, Skeleton, Tabs } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { KeptState } from '../frame/use_kept';
import { listPath, recordPath } from '../paths';
import { PresenceLine } from '../ticket/presence';
import { History } from './history';
import { Related, useReferrers } from './related';
import { type KeptChanges, useDraftedForm, useKeptChanges } from './use_drafted_form';
import { useSaveRecord } from './use_save_record';
import '../desk.css';
import './records.css';

export default function RecordPage(): ReactNode {
  const { t } = useText();
  const { entity: name = '', id = '' } = useParams();
  const entity = useEntity(name);
  const { data: record, error, refetch } = useRecord(name, entity ? id : null);
  const kept = useKeptChanges(name, id);
  if (!entity)
    return <EmptyState title={t('desk.missing.entity')}>{t('desk.missing.entity_why')}</EmptyState>;
  if (error && !record) {
    return isMissing(error) ? (
      <EmptyState
        title={t('desk.missing.record')}
        action={<Link to={listPath(name)}>{t('desk.missing.list')}</Link>}
      >
        {errorText(error)}
      </EmptyState>
    ) : (
      <LoadProblem text={errorText(error)} onRetry={() => void refetch()} />
    );
  }
  if (!record || !kept.ready)
    return <Skeleton active paragraph={{ rows: 10 }} style={{ padding: 24 }} />;
  return <Loaded key={record.id} entity={entity} record={record} kept={kept} />;
}

interface LoadedProps {
  entity: EntityDefinition;
  record: RecordData;
  kept: KeptState<KeptChanges>;
}

function Loaded({ entity, record, kept }: LoadedProps): ReactNode {
  const { t, localized } = useText();
  const go = useNavigate();
  const title = titleOf(entity, record);
  const referrers = useReferrers(entity);
  const [unsaved, setUnsaved] = useState(false);
  const people = usePresence(entity.name, record.id, unsaved);
  usePageTitle(title, t('desk.product'));
  const can = record._can ?? [];
  const label = localized(entity.label);
  const tabs = [
    {
      key: 'form',
      label: t('desk.tabs.facts'),
      children: <FormTab entity={entity} record={record} kept={kept} onUnsaved={setUnsaved} />,
    },
    ...(referrers.length > 0
      ? [
          {
            key: 'related',
            label: t('desk.tabs.related'),
            children: <Related entity={entity} id={record.id} />,
          },
        ]
      : []),
    {
      key: 'history',
      label: t('desk.tabs.history'),
      children: <History entity={entity} id={record.id} />,
    },
  ];
  return (
    <article className="desk-record" aria-label={title}>
      <header className="desk-record-head">
        <div className="desk-head-line">
          <Button
            type="text"
            icon={<ArrowLeftOutlined />}
            aria-label={t('ui.action.back')}
            onClick={() => void go(listPath(entity.name))}
          />
          <span className="desk-hint">{label}</span>
          <h1 className="hougu-cut" title={title}>
            {title}
          </h1>
          <PresenceLine people={people} />
          <span style={{ flex: 1 }} />
          {can.includes('delete') && <RecordMenu entity={entity} record={record} />}
        </div>
        <p className="desk-hint">
          {t('desk.records.updated')} <RelativeTime at={record.updated_at} />
          {record.updated_by && ` · ${record.updated_by.title}`}
        </p>
      </header>
      <Tabs items={tabs} destroyOnHidden={false} />
    </article>
  );
}

function RecordMenu({
  entity,
  record,
}: {
  entity: EntityDefinition;
  record: RecordData;
}): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { message } = App.useApp();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['records', entity.name] });
  const remove = async () => {
    try {
      await del(`/${entity.name}/${record.id}`);
      refresh();
      const undo = async () => {
        await post(`/${entity.name}/${record.id}/restore`);
        refresh();
        void go(recordPath(entity.name, record.id));
      };
      toast({ text: t('desk.records.removed_one', { title: titleOf(entity, record) }), undo });
      void go(listPath(entity.name));
    } catch (error) {
      void message.error(errorText(error));
    }
  };
  const items = [
    {
      key: 'delete',
      danger: true,
      icon: <DeleteOutlined />,
      label: t('ui.action.delete'),
      onClick: () => void remove(),
    },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button
        icon={<MoreOutlined />}
        aria-label={t('ui.action.more')}
        title={t('ui.action.more')}
      />
    </Dropdown>
  );
}

interface FormTabProps extends LoadedProps {
  onUnsaved: (unsaved: boolean) => void;
}

function FormTab({ entity, record, kept, onUnsaved }: FormTabProps): ReactNode {
  const { t } = useText();
  const { draft, version, unsaved, discard } = useDraftedForm(entity, record, kept);
  const { save, dialog } = useSaveRecord(entity);
  const toast = useUndoToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const readOnly = !(record._can ?? []).includes('update') || entity.history_only === true;

  const submit = async () => {
    if (!unsaved || busy) return;
    const lacking = missing(entity, pickForm(entity, draft.values), draft.values);
    if (Object.keys(lacking).length > 0) return draft.setErrors(lacking);
    setBusy(true);
    setProblem(null);
    try {
      const saved = await save({ ...record, version: version ?? record.version }, draft.payload());
      if (!saved) return;
      draft.reset(saved);
      kept.clear();
      toast({ text: t('desk.records.saved') });
    } catch (error) {
      const wrong = errorsOf(error);
      if (wrong) draft.setErrors(wrong);
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  useShortcuts({ 'mod+s': () => void submit() });
  // The page tells others that somebody is typing here.
  useEffect(() => onUnsaved(unsaved), [onUnsaved, unsaved]);
  return (
    <div className="desk-form">
      {kept.restored && unsaved && (
        <Alert
          type="info"
          showIcon
          closable
          title={t('desk.records.restored_draft')}
          style={{ marginBottom: 16 }}
        />
      )}
      <RecordForm entity={entity} draft={draft} disabled={readOnly} />
      {dialog}
      {(unsaved || problem) && (
        <footer className="desk-savebar" role="region" aria-label={t('desk.records.unsaved')}>
          {problem ? (
            <span role="alert" className="desk-problem">
              {problem}
            </span>
          ) : (
            <span>{t('desk.records.unsaved')}</span>
          )}
          <span style={{ flex: 1 }} />
          <Button onClick={discard}>{t('desk.records.discard')}</Button>
          <Button type="primary" loading={busy} onClick={() => void submit()}>
            {t('ui.action.save')}
          </Button>
        </footer>
      )}
    </div>
  );
}
