// A new record of any entity; what is typed survives a reload until it is saved.
import { ArrowLeftOutlined } from '@ant-design/icons';
import { errorText, newKey, post } from '@hougu/api/client';
import { useEntity } from '@hougu/api/queries';
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { errorsOf, missing, pickForm, RecordForm, titleOf } from '@hougu/forms';
import { inSentence, useText } from '@hougu/i18n';
import { EmptyState, usePageTitle, useShortcuts, useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { KeptState } from '../frame/use_kept';
import { listPath, recordPath } from '../paths';
import { type KeptChanges, useDraftedForm, useKeptChanges } from './use_drafted_form';
import '../desk.css';
import './records.css';

export default function NewRecordPage(): ReactNode {
  const { t } = useText();
  const { entity: name = '' } = useParams();
  const entity = useEntity(name);
  const kept = useKeptChanges(name, 'new');
  if (!entity?.grants.create || entity.history_only) {
    return <EmptyState title={t('desk.missing.entity')}>{t('desk.missing.create_why')}</EmptyState>;
  }
  return kept.ready ? <NewForm key={name} entity={entity} kept={kept} /> : null;
}

function NewForm({
  entity,
  kept,
}: {
  entity: EntityDefinition;
  kept: KeptState<KeptChanges>;
}): ReactNode {
  const { t, localized } = useText();
  const go = useNavigate();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { draft, unsaved, discard } = useDraftedForm(entity, null, kept);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef(newKey());
  const title = t('desk.records.new', { entity: inSentence(localized(entity.label)) });
  usePageTitle(title, t('desk.product'));

  const submit = async () => {
    if (busy) return;
    const lacking = missing(entity, pickForm(entity, draft.values), draft.values);
    if (Object.keys(lacking).length > 0) return draft.setErrors(lacking);
    setBusy(true);
    setProblem(null);
    try {
      const made = await post<RecordData>(`/${entity.name}`, draft.payload(), {
        idempotencyKey: key.current,
      });
      kept.clear();
      draft.reset(null);
      void queries.invalidateQueries({ queryKey: ['records', entity.name] });
      toast({ text: t('desk.records.created', { title: titleOf(entity, made) }) });
      void go(recordPath(entity.name, made.id), { replace: true });
    } catch (error) {
      // Another try with other words is another request.
      key.current = newKey();
      const wrong = errorsOf(error);
      if (wrong) draft.setErrors(wrong);
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  useShortcuts({ 'mod+s': () => void submit() });
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
          <h1>{title}</h1>
        </div>
      </header>
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
        <RecordForm entity={entity} draft={draft} autoFocus />
        <footer className="desk-savebar">
          {problem && (
            <span role="alert" className="desk-problem">
              {problem}
            </span>
          )}
          <span style={{ flex: 1 }} />
          {unsaved && <Button onClick={discard}>{t('desk.records.discard')}</Button>}
          <Button type="primary" loading={busy} onClick={() => void submit()}>
            {t('ui.action.save')}
          </Button>
        </footer>
      </div>
    </article>
  );
}
