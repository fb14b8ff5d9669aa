// The organisation's tree at the server.
import { del, get, patch, post } from '@hougu/api/client';
import type { Unit, UnitKind } from '@hougu/api/types';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';

export interface UnitValues {
  name?: string;
  kind?: UnitKind;
  parent?: string | null;
  code?: string | null;
  phone?: string | null;
  address?: string | null;
  archived?: boolean;
}

export const unitsKey = ['records', 'unit'];

export function useUnits(enabled = true): UseQueryResult<Unit[]> {
  return useQuery({
    queryKey: unitsKey,
    queryFn: async ({ signal }) =>
      (await get<{ records: Unit[] }>('/unit', undefined, signal)).records,
    enabled,
  });
}

export const createUnit = (values: UnitValues) => post<Unit>('/unit', values);
export const updateUnit = (id: string, values: UnitValues) => patch<Unit>(`/unit/${id}`, values);
export const removeUnit = (id: string) => del(`/unit/${id}`);
