// The first page: what to do first, each step with where it stands; then the ways to everything.
import { CheckCircleFilled, ClockCircleOutlined, RightCircleFilled } from '@ant-design/icons';
import { useCount, useEntities } from '@hougu/api/queries';
import { usePreference, useSession } from '@hougu/api/session';
import { formatNumber, useText } from '@hougu/i18n';
import { StatusTag } from '@hougu/ui';
import { Button, Progress, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { allPages } from '../frame/pages';
import { useUnits } from '../organisation/unit_queries';
import { Page } from '../parts/page';
import { useUsers } from '../users/user_queries';
import { type Step, startSteps } from './steps';

function useSteps(): { steps: Step[]; busy: boolean } {
  const { has } = useSession();
  const people = has('users.manage');
  const [printed] = usePreference<boolean>('studio.labels_printed', false);
  const entities = useEntities();
  const there = (name: string) => entities.data?.some((one) => one.name === name) ?? false;
  const units = useUnits(people);
  const users = useUsers({ active: true }, people);
  const products = useCount('product', {}, there('product'));
  const devices = useCount('asset', {}, there('asset'));
  const asked = [
    ...(people ? [units, users] : []),
    ...(there('product') ? [products] : []),
    ...(there('asset') ? [devices] : []),
  ];
  const steps = startSteps({
    units: units.data,
    people: users.data?.pages[0]?.records.length,
    morePeople: users.hasNextPage,
    products: products.data?.count,
    devices: devices.data?.count,
    printed,
  }).filter((step) => !step.right || has(step.right));
  return { steps, busy: entities.isPending || asked.some((query) => query.isPending) };
}

export default function StartPage(): ReactNode {
  const { t } = useText();
  const { info, has } = useSession();
  const { steps, busy } = useSteps();
  const done = steps.filter((step) => step.state === 'done').length;
  const all = done === steps.length;
  return (
    <Page
      title={t('studio.start.title', { name: info.user.name })}
      intro={t(all ? 'studio.start.intro_done' : 'studio.start.intro')}
    >
      <section className="studio-card" aria-labelledby="start-steps">
        <div className="studio-card-head">
          <h2 id="start-steps">{t('studio.start.first')}</h2>
          {!busy && (
            <Progress
              className="studio-start-progress"
              steps={steps.length}
              percent={(done / steps.length) * 100}
              strokeColor="var(--hougu-accent)"
              format={() => t('studio.start.so_far', { done, all: steps.length })}
              aria-label={t('studio.start.so_far', { done, all: steps.length })}
            />
          )}
        </div>
        {busy ? (
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        ) : (
          <ol className="studio-steps">
            {steps.map((step, at) => (
              <StepRow key={step.key} step={step} number={at + 1} />
            ))}
          </ol>
        )}
      </section>
      <section aria-labelledby="start-more">
        <h2 id="start-more">{t('studio.start.more')}</h2>
        <ul className="studio-tiles">
          {allPages
            .filter((page) => page.key !== 'start' && (!page.right || has(page.right)))
            .map((page) => (
              <li key={page.key}>
                <Link to={page.path} className="studio-tile">
                  <span className="studio-tile-icon" aria-hidden="true">
                    {page.icon}
                  </span>
                  <span className="studio-person-words">
                    <strong>{t(`studio.page.${page.key}`)}</strong>
                    <small className="studio-soft">{t(`studio.start.about_${page.key}`)}</small>
                  </span>
                </Link>
              </li>
            ))}
        </ul>
      </section>
    </Page>
  );
}

const marks: Record<Step['state'], ReactNode> = {
  done: <CheckCircleFilled />,
  next: <RightCircleFilled />,
  later: <ClockCircleOutlined />,
  unknown: <ClockCircleOutlined />,
};
const hues = { done: 'green', next: 'blue', later: 'grey', unknown: 'grey' };

function StepRow({ step, number }: { step: Step; number: number }): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const { state, key, count } = step;
  return (
    <li className={`studio-step studio-step-${state}`}>
      <span className="studio-step-mark" aria-hidden="true">
        {marks[state]}
      </span>
      <span className="studio-row-words">
        <strong>
          {number}. {t(`studio.start.${key}`)}
        </strong>
        <span className="studio-soft">{t(`studio.start.${key}_text`)}</span>
      </span>
      <span className="studio-tags">
        {count !== null && count > 0 && (
          <span className="studio-soft studio-nowrap">
            {t(`studio.start.${key}_count`, {
              number: `${formatNumber(count)}${step.atLeast ? '+' : ''}`,
              count,
            })}
          </span>
        )}
        {state !== 'unknown' && (
          <StatusTag color={hues[state]}>{t(`studio.start.state_${state}`)}</StatusTag>
        )}
      </span>
      <Button
        type={state === 'next' ? 'primary' : 'default'}
        onClick={() => void go(step.to)}
        aria-label={t('studio.start.go_to', {
          what: t(state === 'done' ? 'studio.start.look' : 'studio.start.go'),
          step: t(`studio.start.${key}`),
        })}
      >
        {t(state === 'done' ? 'studio.start.look' : 'studio.start.go')}
      </Button>
    </li>
  );
}
