// API keys: made with scopes, shown once, revoked.
import { KeyOutlined, PlusOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import { formatDate, useText } from '@hougu/i18n';
import {
  EmptyState,
  LoadProblem,
  RelativeTime,
  StatusTag,
  useShortcuts,
  useUndoToast,
} from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { Page, RowsSkeleton } from '../parts/page';
import { type ApiKey, apiKeysKey, removeApiKey, useApiKeys } from './api_key_queries';
import { NewKey } from './new_key';

function useScopeWords(): (scope: string) => string {
  const { t, localized } = useText();
  const entities = useEntities();
  return (scope) => {
    const [entity, right] = scope.split(':');
    if (!right) return t(`studio.keys_page.scope_${scope}`);
    const label = localized(entities.data?.find((one) => one.name === entity)?.label) || entity;
    return t(`studio.keys_page.entity_${right}`, { entity: label ?? '' });
  };
}

export default function ApiKeysPage(): ReactNode {
  const { t } = useText();
  const keys = useApiKeys();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { modal } = App.useApp();
  const wordsOf = useScopeWords();
  const [adding, setAdding] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useShortcuts({ n: () => setAdding(true) });

  const revoke = (key: ApiKey) =>
    modal.confirm({
      title: t('studio.keys_page.revoke_title', { name: key.name }),
      content: t('studio.keys_page.revoke_text'),
      okText: t('studio.keys_page.revoke'),
      okButtonProps: { danger: true },
      onOk: async () => {
        setProblem(null);
        try {
          await removeApiKey(key.id);
          await queries.invalidateQueries({ queryKey: apiKeysKey });
          toast({ text: t('studio.keys_page.revoked', { name: key.name }) });
        } catch (error) {
          setProblem(errorText(error));
        }
      },
    });
  const columns: TableColumnsType<ApiKey> = [
    {
      key: 'name',
      title: t('studio.keys_page.name'),
      render: (_, key) => (
        <span className="studio-person-words">
          <strong className="hougu-cut" title={key.name}>
            {key.name}
          </strong>
          <code className="studio-soft">{key.shown}</code>
        </span>
      ),
    },
    {
      key: 'scopes',
      title: t('studio.keys_page.scopes'),
      render: (_, key) => (
        <span className="studio-inline studio-wrap">
          {key.scopes.map((scope) => (
            <StatusTag key={scope} color={scope.endsWith('write') ? 'orange' : 'blue'}>
              {wordsOf(scope)}
            </StatusTag>
          ))}
        </span>
      ),
    },
    {
      key: 'owner',
      title: t('studio.keys_page.owner'),
      responsive: ['md'],
      render: (_, key) => key.owner?.title,
    },
    {
      key: 'expires',
      title: t('studio.keys_page.expires'),
      responsive: ['md'],
      width: 130,
      render: (_, key) => {
        if (!key.expires_at)
          return <span className="studio-soft">{t('studio.keys_page.never')}</span>;
        const over = new Date(key.expires_at).getTime() < Date.now();
        return over ? (
          <StatusTag color="red">{t('studio.keys_page.expired')}</StatusTag>
        ) : (
          formatDate(key.expires_at)
        );
      },
    },
    {
      key: 'created',
      title: t('studio.keys_page.created'),
      responsive: ['lg'],
      width: 140,
      render: (_, key) => <RelativeTime at={key.created_at} />,
    },
    {
      key: 'revoke',
      title: <span className="hougu-visually-hidden">{t('studio.keys_page.revoke')}</span>,
      width: 100,
      align: 'right',
      render: (_, key) => (
        <Button
          danger
          size="small"
          onClick={() => revoke(key)}
          aria-label={t('studio.keys_page.revoke_name', { name: key.name })}
        >
          {t('studio.keys_page.revoke')}
        </Button>
      ),
    },
  ];
  return (
    <Page
      title={t('studio.page.api_keys')}
      intro={
        <>
          {t('studio.keys_page.intro')}{' '}
          <a href="/api/docs" target="_blank" rel="noreferrer">
            {t('studio.keys_page.docs')}
          </a>
        </>
      }
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t('studio.keys_page.add')}
        </Button>
      }
    >
      {problem && (
        <Alert type="error" showIcon role="alert" title={problem} className="studio-gap" />
      )}
      {keys.isError ? (
        <LoadProblem text={errorText(keys.error)} onRetry={() => void keys.refetch()} />
      ) : (
        <Table<ApiKey>
          className="studio-table"
          size="middle"
          rowKey="id"
          columns={columns}
          dataSource={keys.data ?? []}
          pagination={false}
          locale={{
            emptyText: keys.isPending ? (
              <RowsSkeleton />
            ) : (
              <EmptyState
                icon={<KeyOutlined />}
                title={t('studio.keys_page.none')}
                action={
                  <Button onClick={() => setAdding(true)}>{t('studio.keys_page.add')}</Button>
                }
              >
                {t('studio.keys_page.none_text')}
              </EmptyState>
            ),
          }}
        />
      )}
      <NewKey open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}
