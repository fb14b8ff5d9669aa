// Step 2: which column goes where, and what to do with rows that exist or are wrong.
import { errorText } from '@hougu/api/client';
import { useEntity } from '@hougu/api/queries';
import { useText } from '@hougu/i18n';
import { StatusTag } from '@hougu/ui';
import { Alert, Button, Radio, Select } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { startImport, type UploadedTable } from './import_queries';
import {
  checkMapping,
  guessMapping,
  likelyKeys,
  type Mapping,
  type Mode,
  mappingBody,
  mayStart,
} from './mapping';

interface MappingStepProps {
  entity: string;
  table: UploadedTable;
  onStarted: () => void;
}

export function MappingStep({ entity, table, onStarted }: MappingStepProps): ReactNode {
  const { t } = useText();
  const definition = useEntity(entity);
  const { columns, fields } = table;
  const [mapping, setMapping] = useState<Mapping>(() => guessMapping(columns, fields));
  const [mode, setMode] = useState<Mode>('add');
  const [chosenKeys, setKeys] = useState<string[] | null>(null);
  const [onError, setOnError] = useState<'stop' | 'skip'>('stop');
  const [sheet, setSheet] = useState(table.sheets[0]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const uniqueGroups = useMemo(
    () => [
      ...(definition?.unique ?? []),
      ...(definition?.fields ?? []).filter((field) => field.unique).map((field) => [field.name]),
    ],
    [definition],
  );
  const keys = chosenKeys ?? likelyKeys(mapping, fields, uniqueGroups);
  const problems = checkMapping(mapping, fields, mode, keys);
  const labelOf = (name: string) => fields.find((field) => field.name === name)?.label ?? name;
  const mapped = fields.filter((field) => mapping.includes(field.name));

  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await startImport(table.id, {
        ...(table.sheets.length > 1 && sheet && { sheet }),
        mapping: mappingBody(mapping),
        mode,
        match: mode === 'add' ? [] : keys,
        on_error: onError,
      });
      onStarted();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  const comma = t('studio.common.comma');
  return (
    <div className="studio-form studio-form-wide">
      <section className="studio-card">
        <div className="studio-card-head">
          <h2 className="hougu-cut">{table.file_name}</h2>
          {table.encoding && <StatusTag>{table.encoding}</StatusTag>}
          {table.sheets.length > 1 && (
            <Select
              aria-label={t('studio.import.sheet')}
              value={sheet}
              onChange={setSheet}
              options={table.sheets.map((name) => ({ value: name, label: name }))}
            />
          )}
        </div>
        {sheet !== table.sheets[0] && (
          <Alert
            type="info"
            showIcon
            className="studio-gap"
            title={t('studio.import.other_sheet', { sheet: table.sheets[0] ?? '' })}
          />
        )}
        <p className="studio-soft">{t('studio.import.mapping_text')}</p>
        <div className="studio-mapping" role="table" aria-label={t('studio.import.step_mapping')}>
          <div role="row" className="studio-mapping-head">
            <span role="columnheader">{t('studio.import.column')}</span>
            <span role="columnheader">{t('studio.import.samples')}</span>
            <span role="columnheader">{t('studio.import.field')}</span>
          </div>
          {columns.map((column, at) => {
            const name = mapping[at] ?? null;
            const twice = name !== null && problems.twice.includes(name);
            const header = column.header || t('studio.import.no_header', { number: at + 1 });
            return (
              <div key={at} role="row" className="studio-mapping-row">
                <strong role="cell" className="hougu-cut" title={header}>
                  {header}
                </strong>
                <span role="cell" className="studio-soft studio-samples">
                  {column.samples.filter(Boolean).slice(0, 3).join(' · ') || '—'}
                </span>
                <div role="cell">
                  <Select
                    allowClear
                    style={{ width: '100%' }}
                    status={twice ? 'error' : ''}
                    aria-label={t('studio.import.field_for', { column: header })}
                    placeholder={t('studio.import.leave_out')}
                    showSearch={{ optionFilterProp: 'label' }}
                    value={name ?? undefined}
                    onChange={(next?: string) =>
                      setMapping(mapping.map((one, i) => (i === at ? (next ?? null) : one)))
                    }
                    options={fields.map((field) => ({
                      value: field.name,
                      label: field.required
                        ? t('studio.import.required_field', { field: field.label })
                        : field.label,
                    }))}
                  />
                  {twice && (
                    <small className="studio-wrong" role="alert">
                      {t('studio.import.twice')}
                    </small>
                  )}
                </div>
              </div>
            );
          })}
        </div>
      </section>
      <section className="studio-card">
        <h2 id="import-mode">{t('studio.import.mode')}</h2>
        <Radio.Group
          className="studio-radios"
          aria-labelledby="import-mode"
          value={mode}
          onChange={(event) => setMode(event.target.value)}
          options={(['add', 'update', 'both'] as const).map((value) => ({
            value,
            label: t(`studio.import.mode_${value}`),
          }))}
        />
        {mode !== 'add' && (
          <div className="studio-gap">
            <p>{t('studio.import.match')}</p>
            <Select
              mode="multiple"
              className="studio-search"
              aria-label={t('studio.import.match')}
              status={problems.noKeys || problems.keysNotMapped.length > 0 ? 'error' : ''}
              value={keys}
              onChange={setKeys}
              options={mapped.map((field) => ({ value: field.name, label: field.label }))}
            />
            <p className="studio-soft">{t('studio.import.match_help')}</p>
          </div>
        )}
      </section>
      <section className="studio-card">
        <h2 id="import-on-error">{t('studio.import.on_error')}</h2>
        <Radio.Group
          className="studio-radios"
          aria-labelledby="import-on-error"
          value={onError}
          onChange={(event) => setOnError(event.target.value)}
          options={(['stop', 'skip'] as const).map((value) => ({
            value,
            label: t(`studio.import.on_error_${value}`),
          }))}
        />
      </section>
      <div aria-live="polite">
        {problems.empty && (
          <Alert type="warning" showIcon title={t('studio.import.nothing_mapped')} />
        )}
        {!problems.empty && problems.missing.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('studio.import.missing', {
              fields: problems.missing.map((field) => field.label).join(comma),
            })}
          />
        )}
        {problems.noKeys && <Alert type="warning" showIcon title={t('studio.import.no_keys')} />}
        {problems.keysNotMapped.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('studio.import.keys_not_mapped', {
              fields: problems.keysNotMapped.map(labelOf).join(comma),
            })}
          />
        )}
        {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      </div>
      <div className="studio-actions studio-gap">
        <Button
          type="primary"
          size="large"
          disabled={!mayStart(problems)}
          loading={busy}
          onClick={() => void start()}
        >
          {t('studio.import.start')}
        </Button>
      </div>
    </div>
  );
}
