// The frame of a page on the phone: a bar with the way back, the content, and what stands at the foot.
import { ArrowLeftOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { usePageTitle } from '@hougu/ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { OfflineLine } from '../kept/offline_line';

interface PageProps {
  title: string;
  /** Where the arrow leads; none on the pages of the tab bar. */
  back?: string;
  /** At the right of the bar. */
  extra?: ReactNode;
  /** When the server last said what the page shows; for the line about a missing network. */
  asOf?: number | undefined;
  /** At the foot, always in reach of the thumb. */
  foot?: ReactNode;
  children: ReactNode;
}

export function Page({ title, back, extra, asOf, foot, children }: PageProps): ReactNode {
  const { t } = useText();
  const main = useRef<HTMLElement>(null);
  usePageTitle(title, t('field.app.name'));
  useEffect(() => {
    // a screen reader begins here; no ring, for nobody pressed Tab
    if (main.current) main.current.dataset.landed = '';
    main.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <header className="page-bar">
        {back && (
          <Link to={back} className="page-back" aria-label={t('field.app.back')}>
            <ArrowLeftOutlined />
          </Link>
        )}
        <span className="page-title">{title}</span>
        {extra}
      </header>
      <OfflineLine asOf={asOf} />
      {/* it scrolls: the keyboard has to reach it */}
      <main
        ref={main}
        tabIndex={0}
        className="page-main"
        onBlur={(event) => {
          delete event.currentTarget.dataset.landed;
        }}
      >
        {children}
      </main>
      {foot}
    </>
  );
}
