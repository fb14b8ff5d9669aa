// Pages come in files of their own. All are fetched once the first page stands, so that walking on
// needs no connection; one that could not be fetched says so and offers to load the app anew.
import { text } from '@hougu/i18n';
import { LoadProblem } from '@hougu/ui';
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { PageSkeleton } from '../parts/page';

type Load = () => Promise<{ default: ComponentType }>;
const known: Load[] = [];
const loaded = new Map<Load, ComponentType>();

async function fetchPage(load: Load): Promise<ComponentType> {
  const page = loaded.get(load) ?? (await load()).default;
  loaded.set(load, page);
  return page;
}

function Shown({ load }: { load: Load }): ReactNode {
  const [page, setPage] = useState<{ is: ComponentType } | null>(() => {
    const is = loaded.get(load);
    return is ? { is } : null;
  });
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (page) return undefined;
    let there = true;
    fetchPage(load).then(
      (is) => there && setPage({ is }),
      () => there && setFailed(true),
    );
    return () => {
      there = false;
    };
  }, [load, page]);
  if (page) return <page.is />;
  if (!failed) return <PageSkeleton />;
  // Browsers keep a failed import for failed: only a fresh start asks again.
  return <LoadProblem text={text('api.error.offline')} onRetry={() => window.location.reload()} />;
}

/** A page by its import; to be called once for each, outside of components. */
export function lazyPage(load: Load): ComponentType {
  known.push(load);
  return () => <Shown load={load} />;
}

/** Fetches the pages that aren't there yet, when the browser has nothing better to do. */
export function usePreloadedPages(): void {
  useEffect(() => {
    const run = () => {
      // What fails now is tried again when its page is opened.
      for (const load of known) void fetchPage(load).catch(() => {});
    };
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(run, 2000);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(run, { timeout: 5000 });
    return () => cancelIdleCallback(idle);
  }, []);
}
