// A device by its label or its serial number.
import { ScanOutlined } from '@ant-design/icons';
import { errorText, get, OfflineError } from '@hougu/api/client';
import type { Page as PageOf, RecordData, Ref } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { EmptyState, LoadProblem } from '@hougu/ui';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Skeleton } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Page } from '../app/page';
import { TabBar } from '../app/tab_bar';
import { type Code, conditionOf, readCode } from './codes';
import { canScan, Scanner } from './scanner';

function useFound(code: Code | null) {
  return useQuery({
    queryKey: ['records', 'asset', 'found', code],
    queryFn: ({ signal }) =>
      get<PageOf>('/asset', { where: code ? conditionOf(code) : {}, limit: 20 }, signal),
    enabled: code !== null,
  });
}

function Results({ code }: { code: Code }): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const found = useFound(code);
  const records: RecordData[] = found.data?.records ?? [];
  const only = records.length === 1 ? records[0]?.id : undefined;
  useEffect(() => {
    // a label names one device: straight to it
    if (only && code.kind === 'token') void go(`/device/${only}`, { replace: true });
  }, [only, code, go]);
  if (found.isPending) return <Skeleton active />;
  if (found.error)
    return (
      <LoadProblem
        text={
          found.error instanceof OfflineError ? t('field.offline.device') : errorText(found.error)
        }
        onRetry={() => void found.refetch()}
      />
    );
  if (records.length === 0) {
    return <EmptyState title={t('field.find.nothing')}>{t('field.find.nothing_text')}</EmptyState>;
  }
  return (
    <ul className="plain">
      {records.map((record) => (
        <li key={record.id}>
          <Link to={`/device/${record.id}`} className="job-card">
            <strong>{(record.product as Ref | null)?.title}</strong>
            <span>{t('field.device.serial', { serial: String(record.serial_number ?? '') })}</span>
            <span className="soft">{(record.customer as Ref | null)?.title}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

export default function FindPage(): ReactNode {
  const { t } = useText();
  const id = useId();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('code') ?? '';
  const [typed, setTyped] = useState(asked);
  const [scanning, setScanning] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [able] = useState(canScan);
  const code = readCode(asked);

  const look = (text: string) => {
    if (!readCode(text)) {
      setProblem(text.trim() ? t('field.find.foreign') : t('field.find.empty'));
      return;
    }
    setProblem(null);
    setScanning(false);
    setTyped(text);
    setSearch({ code: text });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    look(typed);
  };
  return (
    <Page title={t('field.find.title')} foot={<TabBar />}>
      <h1 className="hougu-visually-hidden">{t('field.find.title')}</h1>
      {scanning && <Scanner onCode={look} />}
      {able && (
        <Button
          block
          type="primary"
          className="tall"
          icon={<ScanOutlined />}
          onClick={() => setScanning(!scanning)}
        >
          {scanning ? t('field.find.stop') : t('field.find.scan')}
        </Button>
      )}
      <form className="stacked" onSubmit={onSubmit}>
        <label htmlFor={id}>{able ? t('field.find.or_type') : t('field.find.type')}</label>
        <div className="row-actions">
          <Input
            id={id}
            size="large"
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={typed}
            aria-invalid={problem ? true : undefined}
            aria-describedby={`${id}-problem`}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button htmlType="submit" className="tall">
            {t('field.find.look')}
          </Button>
        </div>
        <p id={`${id}-problem`} className="bad" role="alert">
          {problem}
        </p>
      </form>
      {code && <Results code={code} />}
      {!code && !scanning && <p className="soft">{t('field.find.hint')}</p>}
    </Page>
  );
}
