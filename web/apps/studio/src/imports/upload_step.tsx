// Step 1: into which record type, and which file.
import { InboxOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import type { EntityDefinition, Field } from '@hougu/api/types';
import { formatBytes, localized, useText } from '@hougu/i18n';
import { Alert, Button, Progress, Select, Upload } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { saveText } from '../parts/save_file';
import { type UploadedTable, uploadTable } from './import_queries';
import { templateCsv } from './mapping';

interface UploadStepProps {
  entity: string;
  onEntity: (name: string) => void;
  onTable: (table: UploadedTable) => void;
}

const neverFilled: Field['type'][] = [
  'auto_number',
  'attachment',
  'image',
  'signature',
  'child_table',
];

/** What a table's cells can fill. */
function importable(entity: EntityDefinition): Field[] {
  return entity.fields.filter(
    (field) => !field.managed && !field.archived && !neverFilled.includes(field.type),
  );
}

export function UploadStep({ entity, onEntity, onTable }: UploadStepProps): ReactNode {
  const { t } = useText();
  const entities = useEntities();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const chosen = entities.data?.find((one) => one.name === entity);

  const send = async (picked: File) => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    setFile(picked);
    setShare(0);
    setProblem(null);
    try {
      onTable(await uploadTable(entity, picked, setShare, controller.signal));
    } catch (error) {
      if (!controller.signal.aborted) setProblem(errorText(error));
    } finally {
      if (!controller.signal.aborted) setFile(null);
    }
  };
  const stop = () => {
    abort.current?.abort();
    setFile(null);
  };
  return (
    <div className="studio-form">
      <section className="studio-card">
        <h2>{t('studio.import.into')}</h2>
        <div className="studio-bar">
          <Select
            className="studio-search"
            aria-label={t('studio.import.into')}
            placeholder={t('studio.entity.choose_entity')}
            loading={entities.isPending}
            showSearch={{ optionFilterProp: 'label' }}
            value={chosen ? entity : undefined}
            onChange={onEntity}
            options={(entities.data ?? [])
              .filter((one) => !one.history_only && (one.grants.create || one.grants.update))
              .map((one) => ({ value: one.name, label: localized(one.label) }))}
          />
          {chosen && (
            <Button
              onClick={() =>
                saveText(
                  templateCsv(importable(chosen).map((field) => localized(field.label))),
                  `${localized(chosen.label)}.csv`,
                  'text/csv',
                )
              }
            >
              {t('studio.import.template')}
            </Button>
          )}
        </div>
      </section>
      <section className="studio-card">
        <h2>{t('studio.import.file')}</h2>
        {file ? (
          <div role="status">
            <p className="studio-inline">
              <strong className="hougu-cut">{file.name}</strong>
              <span className="studio-soft">{formatBytes(file.size)}</span>
            </p>
            <Progress percent={Math.round(share * 100)} aria-label={t('studio.import.uploading')} />
            <p className="studio-soft">
              {t(share < 1 ? 'studio.import.uploading' : 'studio.import.reading')}
            </p>
            <Button onClick={stop}>{t('ui.action.cancel')}</Button>
          </div>
        ) : (
          <Upload.Dragger
            accept=".xlsx,.csv,.txt"
            disabled={!chosen}
            showUploadList={false}
            beforeUpload={(picked) => {
              void send(picked);
              return false; // we send it ourselves
            }}
          >
            <p className="studio-drop-icon" aria-hidden="true">
              <InboxOutlined />
            </p>
            {/* readable while the area waits for the choice above */}
            <p className={chosen ? undefined : 'studio-soft'}>
              {t(chosen ? 'studio.import.drop' : 'studio.import.choose_first')}
            </p>
            <p className="studio-soft">{t('studio.import.drop_help')}</p>
          </Upload.Dragger>
        )}
        {problem && (
          <Alert type="error" showIcon role="alert" title={problem} className="studio-gap" />
        )}
      </section>
    </div>
  );
}
