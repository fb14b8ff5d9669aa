// At the end of a list that grows: loads on when it comes into sight.
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';

interface MoreProps {
  more: boolean;
  busy: boolean;
  onMore: () => void;
}

export function More({ more, busy, onMore }: MoreProps): ReactNode {
  const { t } = useText();
  const mark = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    const element = mark.current;
    if (!element || !more || busy) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { rootMargin: '300px' },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [more, busy]);
  return (
    <div ref={mark} className="studio-more">
      {more && (
        <Button type="text" loading={busy} onClick={onMore}>
          {t('studio.common.more')}
        </Button>
      )}
    </div>
  );
}
