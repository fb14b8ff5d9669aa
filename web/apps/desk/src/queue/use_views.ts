// The queues: the ticket views of the organisation and the person's own.
import { del, post } from '@hougu/api/client';
import { useEntity } from '@hougu/api/queries';
import type { Condition, View } from '@hougu/api/types';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

export function useViews(entity: string): View[] {
  const definition = useEntity(entity);
  return useMemo(() => definition?.views ?? [], [definition]);
}

export function useTicketViews(): View[] {
  return useViews('ticket');
}

export interface OwnView {
  label: string;
  where: Condition | null;
  sort: string[];
  columns: string[];
}

/** Saves and deletes a person's own views. */
export function useOwnViews(entity: string): {
  save: (view: OwnView, name?: string) => Promise<string>;
  remove: (name: string) => Promise<void>;
} {
  const queries = useQueryClient();
  const save = useCallback(
    async (view: OwnView, name = `my_${Date.now().toString(36)}`) => {
      const label = { 'zh-CN': view.label, en: view.label };
      await post(`/entities/${entity}/my_views`, { ...view, label, name });
      await queries.invalidateQueries({ queryKey: ['entities'] });
      return name;
    },
    [entity, queries],
  );
  const remove = useCallback(
    async (name: string) => {
      await del(`/entities/${entity}/my_views/${name}`);
      await queries.invalidateQueries({ queryKey: ['entities'] });
    },
    [entity, queries],
  );
  return { save, remove };
}
