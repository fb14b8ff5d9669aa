import { useText } from '@hougu/i18n';
import { EmptyState, ErrorBoundary } from '@hougu/ui';
import { Button, Skeleton } from 'antd';
import { lazy, type ReactNode, Suspense } from 'react';
import { Link, Route, Routes, useLocation } from 'react-router';
import { JobPage } from '../job/job_page';
import { UnsentBar } from '../outbox/unsent_bar';
import { TodayPage } from '../today/today_page';
import { Page } from './page';
import { UpdateBar } from './update_bar';

// What a day needs only later comes later; the service worker has fetched it by then.
const ReportPage = lazy(() => import('../report/report_page'));
const UnfinishedPage = lazy(() => import('../report/unfinished_page'));
const DonePage = lazy(() => import('../report/done_page'));
const FindPage = lazy(() => import('../device/find_page'));
const DevicePage = lazy(() => import('../device/device_page'));
const MePage = lazy(() => import('../me/me_page'));
const UnsentPage = lazy(() => import('../outbox/unsent_page'));

function Nowhere(): ReactNode {
  const { t } = useText();
  return (
    <Page title={t('field.app.nowhere')} back="/">
      <EmptyState
        title={t('field.app.nowhere')}
        action={
          <Link to="/">
            <Button type="primary">{t('field.job.to_today')}</Button>
          </Link>
        }
      >
        {t('field.app.nowhere_why')}
      </EmptyState>
    </Page>
  );
}

export function Field(): ReactNode {
  const { pathname } = useLocation();
  return (
    <div className="field-app">
      <UpdateBar />
      <UnsentBar />
      <ErrorBoundary key={pathname}>
        <Suspense fallback={<Skeleton active className="page-main" paragraph={{ rows: 8 }} />}>
          <Routes>
            <Route path="/" element={<TodayPage />} />
            <Route path="/job/:id" element={<JobPage />} />
            <Route path="/job/:id/report" element={<ReportPage />} />
            <Route path="/job/:id/unfinished" element={<UnfinishedPage />} />
            <Route path="/job/:id/done" element={<DonePage />} />
            <Route path="/device" element={<FindPage />} />
            <Route path="/device/:id" element={<DevicePage />} />
            <Route path="/me" element={<MePage />} />
            <Route path="/unsent" element={<UnsentPage />} />
            <Route path="*" element={<Nowhere />} />
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
