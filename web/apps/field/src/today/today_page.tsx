// The day: what is under way, what is late, what comes; done things folded away.
import { LeftOutlined, ReloadOutlined, RightOutlined } from '@ant-design/icons';
import { errorText, OfflineError } from '@hougu/api/client';
import { formatDay, isoDay, useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, useNow } from '@hougu/ui';
import { Button, Skeleton } from 'antd';
import { type ReactNode, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { Page } from '../app/page';
import { TabBar } from '../app/tab_bar';
import type { Job } from '../job/types';
import { useDay, useJobsAhead } from '../job/use_job';
import { arrange, type Day } from './arrange';
import { JobCard } from './job_card';
import { usePull } from './use_pull';

function shifted(day: string, by: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return isoDay(new Date(year, month - 1, date + by, 12));
}

function DaySwitch({
  day,
  today,
  onDay,
}: {
  day: string;
  today: string;
  onDay: (day: string) => void;
}): ReactNode {
  const { t } = useText();
  const name =
    day === today
      ? t('field.today.today')
      : day === shifted(today, 1)
        ? t('field.today.tomorrow')
        : '';
  return (
    <div className="day-switch">
      <Button
        type="text"
        aria-label={t('field.today.before')}
        icon={<LeftOutlined />}
        onClick={() => onDay(shifted(day, -1))}
      />
      <button
        type="button"
        className="day-name"
        onClick={() => onDay(today)}
        disabled={day === today}
      >
        <strong>{[name, formatDay(day)].filter(Boolean).join(' ')}</strong>
        {day !== today && <small>{t('field.today.back_to_today')}</small>}
      </button>
      <Button
        type="text"
        aria-label={t('field.today.after')}
        icon={<RightOutlined />}
        onClick={() => onDay(shifted(day, 1))}
      />
    </div>
  );
}

function Group({ title, jobs, late }: { title: string; jobs: Job[]; late?: boolean }): ReactNode {
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className={late ? 'group-name bad' : 'group-name'}>
        {title} <span>{jobs.length}</span>
      </h2>
      <ul className="plain">
        {jobs.map((job) => (
          <li key={job.id}>
            <JobCard job={job} late={late ?? false} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lists({ day }: { day: Day }): ReactNode {
  const { t } = useText();
  return (
    <>
      <Group title={t('field.today.active')} jobs={day.active} />
      <Group title={t('field.today.late')} jobs={day.late} late />
      <Group title={t('field.today.coming')} jobs={day.coming} />
      {day.done.length > 0 && (
        <details className="done-today">
          <summary>{t('field.today.done', { count: day.done.length })}</summary>
          <ul className="plain">
            {day.done.map((job) => (
              <li key={job.id}>
                <JobCard job={job} late={false} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

export function TodayPage(): ReactNode {
  const { t } = useText();
  const now = useNow();
  const [search, setSearch] = useSearchParams();
  const today = isoDay(now);
  const asked = search.get('day');
  const day = asked && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : today;
  const jobs = useDay(day);
  useJobsAhead(jobs.data?.records);
  const lost = jobs.error instanceof OfflineError;
  const area = useRef<HTMLDivElement>(null);
  const pull = usePull(area, () => void jobs.refetch());
  const arranged = arrange(jobs.data?.records ?? [], now);
  const open = arranged.active.length + arranged.late.length + arranged.coming.length;
  const onDay = (next: string) => setSearch(next === today ? {} : { day: next });
  const refresh = (
    <Button
      type="text"
      aria-label={t('field.today.refresh')}
      icon={<ReloadOutlined spin={jobs.isFetching} />}
      onClick={() => void jobs.refetch()}
    />
  );
  return (
    <Page
      title={t('field.today.title')}
      extra={refresh}
      asOf={jobs.dataUpdatedAt || undefined}
      foot={<TabBar />}
    >
      <div ref={area} className="pull-area">
        <div className="pull-hint" style={{ height: pull * 40 }} aria-hidden="true">
          {pull > 0 && (pull >= 1 ? t('field.today.let_go') : t('field.today.pull'))}
        </div>
        <h1 className="hougu-visually-hidden">{t('field.today.title')}</h1>
        <DaySwitch day={day} today={today} onDay={onDay} />
        {jobs.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
        {lost && !jobs.data && (
          <EmptyState title={t('field.offline.day')}>{t('field.offline.day_text')}</EmptyState>
        )}
        {jobs.error && !lost && (
          <LoadProblem text={errorText(jobs.error)} onRetry={() => void jobs.refetch()} />
        )}
        {jobs.data && open === 0 && (
          <EmptyState title={t('field.today.empty')}>{t('field.today.empty_text')}</EmptyState>
        )}
        {jobs.data && <Lists day={arranged} />}
      </div>
    </Page>
  );
}
