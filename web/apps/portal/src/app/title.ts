import { useEffect } from 'react';
import { usePortal } from './portal_info';

// The page's name before the organisation's, for the tab, the favourites and WeChat's title bar.
export function useTitle(title: string) {
  const name = usePortal().value?.organisation.name;
  useEffect(() => {
    document.title = [title, name].filter(Boolean).join(' - ');
  }, [title, name]);
}
