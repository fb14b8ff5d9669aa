// What is not yet sent, each with its reason, and a way to send, mend or drop it.
import { useText } from '@hougu/i18n';
import { EmptyState, RelativeTime } from '@hougu/ui';
import { Alert, Button, Popconfirm, Progress } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { busyLook } from '../app/busy';
import { Page } from '../app/page';
import type { Deed } from './outbox';
import { useOutbox, useOutboxState } from './provider';

function mendPath(deed: Deed): string {
  if (deed.kind === 'complete') return `/job/${deed.visit}/report`;
  if (deed.kind === 'end_unfinished') return `/job/${deed.visit}/unfinished`;
  return `/job/${deed.visit}`;
}

function DeedRow({ deed }: { deed: Deed }): ReactNode {
  const { t } = useText();
  const outbox = useOutbox();
  const { sending, progress } = useOutboxState();
  const files = deed.files.reduce((sum, { keys }) => sum + keys.length, 0);
  return (
    <li className="panel">
      <p>
        <strong>{t(`field.deed.${deed.kind}`)}</strong> · {deed.title}
      </p>
      <p className="soft">
        <RelativeTime at={new Date(deed.at).toISOString()} />
        {files > 0 && ` · ${t('field.unsent.files', { count: files })}`}
      </p>
      {sending === deed.key && (
        <Progress percent={Math.round(progress * 100)} aria-label={t('field.unsent.progress')} />
      )}
      {deed.refusal !== null && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={t('field.unsent.why', { reason: deed.refusal })}
        />
      )}
      <div className="row-actions">
        <Link to={mendPath(deed)}>
          <Button>{t('field.unsent.open')}</Button>
        </Link>
        <Button onClick={() => void outbox.retry(deed.key)} disabled={sending !== null}>
          {t('field.unsent.retry')}
        </Button>
        <Popconfirm
          title={t('field.unsent.drop_title')}
          description={t('field.unsent.drop_text')}
          okText={t('field.unsent.drop')}
          cancelText={t('field.unsent.keep')}
          okButtonProps={{ danger: true }}
          onConfirm={() => void outbox.drop(deed.key)}
        >
          <Button danger disabled={sending === deed.key}>
            {t('field.unsent.drop')}
          </Button>
        </Popconfirm>
      </div>
    </li>
  );
}

export default function UnsentPage(): ReactNode {
  const { t } = useText();
  const outbox = useOutbox();
  const { deeds, sending } = useOutboxState();
  const foot = deeds.some(({ refusal }) => refusal === null) && (
    <footer className="next-bar">
      <Button
        type="primary"
        className="next-main"
        loading={busyLook(sending !== null)}
        onClick={() => void outbox.run()}
      >
        {t('field.unsent.send_all')}
      </Button>
    </footer>
  );
  return (
    <Page title={t('field.unsent.title')} back="/" foot={foot}>
      <h1 className="hougu-visually-hidden">{t('field.unsent.title')}</h1>
      {deeds.length === 0 ? (
        <EmptyState title={t('field.unsent.none')}>{t('field.unsent.none_text')}</EmptyState>
      ) : (
        <>
          <p className="soft">{t('field.unsent.text')}</p>
          <ul className="plain">
            {deeds.map((deed) => (
              <DeedRow key={deed.key} deed={deed} />
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}
