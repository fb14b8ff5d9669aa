// The frame of a page: heading, a sentence on what it is for, actions at the right.
import { useText } from '@hougu/i18n';
import { usePageTitle } from '@hougu/ui';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  intro?: ReactNode;
  /** Before the heading: the way back. */
  back?: ReactNode;
  actions?: ReactNode;
  /** Lists and editors use the whole width; forms read better narrow. */
  narrow?: boolean;
  children: ReactNode;
}

export function Page({ title, intro, back, actions, narrow, children }: PageProps): ReactNode {
  const { t } = useText();
  usePageTitle(title, t('studio.frame.product'));
  return (
    <div className={narrow ? 'studio-page studio-page-narrow' : 'studio-page'}>
      <header className="studio-head">
        <div className="studio-head-words">
          {back && <div className="studio-back">{back}</div>}
          <h1>{title}</h1>
          {intro && <p className="studio-soft">{intro}</p>}
        </div>
        {actions && <div className="studio-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** In the place of a table's rows while they load. */
export function RowsSkeleton(): ReactNode {
  return <Skeleton active title={false} paragraph={{ rows: 8, width: '100%' }} />;
}

export function PageSkeleton(): ReactNode {
  return (
    <div className="studio-page" aria-busy="true">
      <Skeleton active title={{ width: 160 }} paragraph={{ rows: 1, width: 320 }} />
      <Skeleton active title={false} paragraph={{ rows: 8 }} />
    </div>
  );
}
