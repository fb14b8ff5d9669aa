// Step 3: how far it is, and what came of it.
import { ApiError, apiUrl, errorText } from '@hougu/api/client';
import { useEntity } from '@hougu/api/queries';
import type { ImportState } from '@hougu/api/types';
import { formatNumber, useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, StatusTag } from '@hougu/ui';
import { Alert, Button, Progress, Skeleton, Statistic, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { cancelImport, isOver, useImportState } from './import_queries';

interface RunStepProps {
  id: string;
  entity: string;
  onAgain: () => void;
}

const hues = { ready: 'grey', running: 'blue', done: 'green', failed: 'red', cancelled: 'grey' };

export function RunStep({ id, entity, onAgain }: RunStepProps): ReactNode {
  const { t } = useText();
  const query = useImportState(id);
  if (query.isError) {
    const gone = query.error instanceof ApiError && query.error.status === 404;
    return gone ? (
      <EmptyState
        title={t('studio.import.gone')}
        action={<Button onClick={onAgain}>{t('studio.import.again')}</Button>}
      />
    ) : (
      <LoadProblem text={errorText(query.error)} onRetry={() => void query.refetch()} />
    );
  }
  if (!query.data) return <Skeleton active paragraph={{ rows: 5 }} />;
  if (query.data.state === 'ready') {
    // Reloaded before it began: the columns aren't known here any more.
    return (
      <EmptyState
        title={t('studio.import.not_started')}
        action={<Button onClick={onAgain}>{t('studio.import.again')}</Button>}
      />
    );
  }
  return <Running state={query.data} entity={entity} onAgain={onAgain} />;
}

interface RunningProps {
  state: ImportState;
  entity: string;
  onAgain: () => void;
}

function Running({ state, entity, onAgain }: RunningProps): ReactNode {
  const { t } = useText();
  const [stopping, setStopping] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const over = isOver(state);
  const share = state.rows > 0 ? state.done / state.rows : 0;
  const cancel = async () => {
    setStopping(true);
    setProblem(null);
    try {
      await cancelImport(state.id);
    } catch (error) {
      setProblem(errorText(error));
      setStopping(false);
    }
  };
  return (
    <div className="studio-form studio-form-wide">
      <section className="studio-card" aria-live="polite">
        <div className="studio-card-head">
          <h2>{t(`studio.import.state_${state.state}`)}</h2>
          <StatusTag color={hues[state.state]}>{t(`studio.import.tag_${state.state}`)}</StatusTag>
        </div>
        <Progress
          percent={state.state === 'done' ? 100 : Math.floor(share * 100)}
          status={state.state === 'failed' ? 'exception' : over ? 'normal' : 'active'}
          aria-label={t('studio.import.progress')}
        />
        <p className="studio-soft">
          {t('studio.import.rows', {
            done: formatNumber(state.done),
            rows: formatNumber(state.rows),
          })}
        </p>
        <div className="studio-numbers">
          {(['created', 'updated', 'failed'] as const).map((name) => (
            <Statistic
              key={name}
              title={t(`studio.import.count_${name}`)}
              value={state[name]}
              {...(name === 'failed' &&
                state.failed > 0 && { styles: { content: { color: 'var(--hougu-red)' } } })}
            />
          ))}
        </div>
        {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        {!over && (
          <div className="studio-actions studio-gap">
            <Button loading={stopping} onClick={() => void cancel()}>
              {t('studio.import.cancel')}
            </Button>
            <span className="studio-soft">{t('studio.import.may_leave')}</span>
          </div>
        )}
        {over && (
          <div className="studio-actions studio-gap">
            {entity && state.created + state.updated > 0 && <ToRecords entity={entity} />}
            {state.failed > 0 && (
              <Button type="primary" href={apiUrl(`/import/${state.id}/result`)} download>
                {t('studio.import.result')}
              </Button>
            )}
            <Button onClick={onAgain}>{t('studio.import.again')}</Button>
            {entity === 'asset' && state.created > 0 && (
              <Link to="/labels">{t('studio.import.to_labels')}</Link>
            )}
          </div>
        )}
      </section>
      {state.errors.length > 0 && <BadRows state={state} entity={entity} />}
    </div>
  );
}

function ToRecords({ entity }: { entity: string }): ReactNode {
  const { t, localized } = useText();
  const definition = useEntity(entity);
  return (
    <Button href={`/desk/records/${entity}`}>
      {t('studio.import.to_records', { entity: localized(definition?.label) })}
    </Button>
  );
}

function BadRows({ state, entity }: { state: ImportState; entity: string }): ReactNode {
  const { t, localized } = useText();
  const definition = useEntity(entity);
  const labelOf = (name: string | null) =>
    name
      ? localized(definition?.fields.find((field) => field.name === name)?.label) || name
      : t('studio.import.whole_row');
  return (
    <section className="studio-card">
      <h2>{t('studio.import.bad_rows')}</h2>
      {state.failed > state.errors.length && (
        <p className="studio-soft">
          {t('studio.import.first_bad', {
            shown: state.errors.length,
            all: formatNumber(state.failed),
          })}
        </p>
      )}
      <Table
        size="small"
        pagination={false}
        rowKey={(error) => `${error.row}-${error.field}-${error.code}`}
        dataSource={state.errors}
        columns={[
          {
            key: 'row',
            title: t('studio.import.row'),
            dataIndex: 'row',
            align: 'right',
            width: 64,
          },
          {
            key: 'field',
            title: t('studio.import.field'),
            width: '32%',
            render: (_, error) => labelOf(error.field),
          },
          { key: 'message', title: t('studio.import.reason'), dataIndex: 'message' },
        ]}
      />
    </section>
  );
}
