// Imports at the server.
import { del, get, post } from '@hougu/api/client';
import { useLive } from '@hougu/api/live';
import type { ImportState } from '@hougu/api/types';
import { uploadFile } from '@hougu/api/upload';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ImportColumn, ImportField, Mode } from './mapping';

/** What the server read of an uploaded table. */
export interface UploadedTable {
  id: string;
  file_name: string;
  sheets: string[];
  encoding: string | null;
  rows_sampled: number;
  columns: ImportColumn[];
  fields: ImportField[];
}

export interface StartBody {
  sheet?: string;
  mapping: Record<string, string>;
  mode: Mode;
  match: string[];
  on_error: 'stop' | 'skip';
}

export function uploadTable(
  entity: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadedTable> {
  const path = `/import?entity=${encodeURIComponent(entity)}`;
  return uploadFile(file, {
    path,
    onProgress,
    signal,
  }) as Promise<unknown> as Promise<UploadedTable>;
}

export const startImport = (id: string, body: StartBody) =>
  post<ImportState>(`/import/${id}/start`, body);
export const cancelImport = (id: string) => del(`/import/${id}`);

const stateKey = (id: string) => ['import', id];

export function isOver(state: ImportState | undefined): boolean {
  return state !== undefined && state.state !== 'running' && state.state !== 'ready';
}

/** Live by events; asked for now and then as well, in case an event got lost. */
export function useImportState(id: string) {
  const queries = useQueryClient();
  useLive(
    'import.progress',
    useCallback(
      (state: ImportState) => {
        if (state?.id !== id) return;
        // Events carry the counters; errors come with the last answer.
        queries.setQueryData<ImportState>(
          stateKey(id),
          (before) => before && { ...before, ...state },
        );
        if (isOver(state)) void queries.invalidateQueries({ queryKey: stateKey(id) });
      },
      [id, queries],
    ),
  );
  return useQuery({
    queryKey: stateKey(id),
    queryFn: ({ signal }) => get<ImportState>(`/import/${id}`, undefined, signal),
    refetchInterval: (query) => (isOver(query.state.data) ? false : 2000),
    staleTime: 0,
  });
}
