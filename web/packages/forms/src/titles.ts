// The words of related records that a saved condition knows only by id.
import { get } from '@hougu/api/client';
import type { LookupItem, Ref } from '@hougu/api/types';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

interface Named {
  id: string;
  title?: string;
  name?: string;
  number?: string;
}

const key = (entity: string, id: string) => ['titles', entity, id];

/** Titles of records by id; ids that can't be found are shown shortened. */
export function useTitles(entity: string | undefined, ids: string[]): Ref[] {
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: key(entity ?? '', id),
      queryFn: async (): Promise<string> => {
        if (entity === 'user' || entity === 'team') {
          const { items } = await get<{ items: LookupItem[] }>(`/${entity}/lookup`, {
            q: '',
            limit: 50,
          });
          return items.find((item) => item.id === id)?.title ?? id.slice(0, 8);
        }
        const record = await get<Named>(`/${entity}/${id}`);
        return record.title ?? record.name ?? record.number ?? id.slice(0, 8);
      },
      enabled: Boolean(entity) && !id.startsWith('$'),
      staleTime: 10 * 60_000,
      retry: false,
    })),
  });
  return ids.map((id, index) => ({ id, title: answers[index]?.data ?? id.slice(0, 8) }));
}

/** Remembers what was just picked, so that it needs no question. */
export function useKeepTitle(): (entity: string, ref: Ref) => void {
  const queries = useQueryClient();
  return useCallback(
    (entity, ref) => queries.setQueryData(key(entity, ref.id), ref.title),
    [queries],
  );
}
