// Before publishing: what changes, what may be lost; a refusal leads to the places that are wrong.
import { WarningOutlined } from '@ant-design/icons';
import { ApiError, errorText } from '@hougu/api/client';
import type { EntityDefinition } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { ChangeList } from './change_list';
import { type EntityDraft, toDraft } from './definition';
import { type DefinitionChange, definitionChanges } from './diff';
import { entitiesKey, publish } from './entity_queries';
import { type PlacedFault, placeFaults } from './faults';

interface PublishDialogProps {
  open: boolean;
  /** As it is published now; may be newer than what the draft started from. */
  entity: EntityDefinition;
  base: EntityDraft;
  draft: EntityDraft;
  changes: DefinitionChange[];
  onClose: () => void;
  onFaults: (faults: PlacedFault[]) => void;
  /** Throw the draft away for what is published. */
  onRebase: (draft: EntityDraft) => void;
  onPublished: (entity: EntityDefinition) => void;
}

export function PublishDialog(props: PublishDialogProps): ReactNode {
  const { open, entity, base, draft, changes } = props;
  const { t } = useText();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (open) setProblem(null);
  }, [open]);
  const stale = entity.version !== base.version;

  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const published = await publish(base, { ...draft, version: entity.version });
      if (published) props.onPublished(published);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'entity.stale')
        await queries.invalidateQueries({ queryKey: entitiesKey });
      else if (error instanceof ApiError && error.fields.length > 0)
        props.onFaults(placeFaults(error.fields, draft));
      else setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  // Over a newer version, what the others added goes as well.
  const loses = (stale ? definitionChanges(toDraft(entity), draft) : changes).some(
    (change) => change.loses,
  );
  return (
    <Modal
      open={open}
      width={640}
      title={t(stale ? 'studio.publish.stale_title' : 'studio.publish.title')}
      onCancel={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('studio.publish.back')}</Button>
          {stale && (
            <Button
              onClick={() => {
                props.onRebase(toDraft(entity));
                props.onClose();
              }}
            >
              {t('studio.publish.take_theirs')}
            </Button>
          )}
          <Button type="primary" danger={loses || stale} loading={busy} onClick={() => void run()}>
            {t(
              stale
                ? 'studio.publish.over_theirs'
                : loses
                  ? 'studio.publish.ok_loses'
                  : 'studio.publish.ok',
            )}
          </Button>
        </>
      }
    >
      {stale && (
        <>
          <p>{t('studio.publish.stale_text')}</p>
          <h3>{t('studio.publish.theirs')}</h3>
          <ChangeList changes={definitionChanges(base, toDraft(entity))} />
          <h3>{t('studio.publish.yours')}</h3>
        </>
      )}
      <ChangeList changes={changes} />
      {loses && (
        <Alert
          type="warning"
          showIcon
          icon={<WarningOutlined />}
          title={t(stale ? 'studio.publish.loses_theirs' : 'studio.publish.loses')}
          className="studio-gap"
        />
      )}
      {changes.some((change) => change.strict) && (
        <Alert type="info" showIcon title={t('studio.publish.strict')} className="studio-gap" />
      )}
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
    </Modal>
  );
}
