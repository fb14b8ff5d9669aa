// The import wizard: choose a table, say where its columns go, watch it run, read what came of it.
import { useText } from '@hougu/i18n';
import { usePhone } from '@hougu/ui';
import { Button, Steps } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Page } from '../parts/page';
import type { UploadedTable } from './import_queries';
import { MappingStep } from './mapping_step';
import { RunStep } from './run_step';
import { UploadStep } from './upload_step';

export default function ImportPage(): ReactNode {
  const { t } = useText();
  const { id } = useParams();
  const go = useNavigate();
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const [table, setTable] = useState<UploadedTable | null>(null);
  const entity = params.get('entity') ?? '';
  const step = id ? 2 : table ? 1 : 0;
  const again = () => {
    setTable(null);
    void go(entity ? `/import?entity=${entity}` : '/import');
  };
  return (
    <Page
      title={t('studio.page.import')}
      intro={t('studio.import.intro')}
      actions={step > 0 && <Button onClick={again}>{t('studio.import.again')}</Button>}
    >
      <Steps
        className="studio-gap"
        size="small"
        current={step}
        responsive={false}
        titlePlacement={phone ? 'vertical' : 'horizontal'}
        items={['upload', 'mapping', 'run'].map((name) => ({
          title: t(`studio.import.step_${name}`),
        }))}
      />
      {step === 0 && (
        <UploadStep
          entity={entity}
          onEntity={(name) => setParams(name ? { entity: name } : {}, { replace: true })}
          onTable={setTable}
        />
      )}
      {step === 1 && table && (
        <MappingStep
          key={table.id}
          entity={entity}
          table={table}
          onStarted={() => void go(`/import/${table.id}?entity=${entity}`)}
        />
      )}
      {step === 2 && id && <RunStep id={id} entity={entity} onAgain={again} />}
    </Page>
  );
}
