// Addresses that lead nowhere, and pages the person may not use.
import { LockOutlined, QuestionOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { EmptyState } from '@hougu/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Page } from '../parts/page';
import type { PageEntry } from './pages';

export function NotAllowed({ page }: { page: PageEntry }): ReactNode {
  const { t } = useText();
  return (
    <Page title={t(`studio.page.${page.key}`)}>
      <EmptyState
        icon={<LockOutlined />}
        title={t('studio.frame.not_allowed')}
        action={<Link to="/">{t('studio.frame.to_start')}</Link>}
      >
        {t('studio.frame.not_allowed_text', { right: t(`studio.right.${page.right}`) })}
      </EmptyState>
    </Page>
  );
}

export function NotFound(): ReactNode {
  const { t } = useText();
  return (
    <Page title={t('studio.frame.not_found')}>
      <EmptyState
        icon={<QuestionOutlined />}
        title={t('studio.frame.not_found_text')}
        action={<Link to="/">{t('studio.frame.to_start')}</Link>}
      />
    </Page>
  );
}
