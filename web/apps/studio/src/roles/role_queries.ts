// Roles at the server.
import { del, get, put } from '@hougu/api/client';
import type { Face, Role } from '@hougu/api/types';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';

/** A role with what the server says about it. */
export interface RoleDocument extends Role {
  /** The pages it opens; the studio opens by itself with any system right. */
  faces?: Face[];
  /** The pack that brought it; null for one made here. */
  pack?: string | null;
  version?: number;
}

export const administrator = 'administrator';
export const rolesKey = ['records', 'role'];

export function useRoles(enabled = true): UseQueryResult<RoleDocument[]> {
  return useQuery({
    queryKey: rolesKey,
    queryFn: async ({ signal }) =>
      (await get<{ records: RoleDocument[] }>('/role', undefined, signal)).records,
    enabled,
  });
}

/** The version is the one that was edited: the server refuses to overwrite what came after. */
export function saveRole({ name, label, grants, system, faces, version }: RoleDocument) {
  return put<RoleDocument>(`/role/${name}`, {
    label,
    grants,
    system: system ?? [],
    ...(faces && { faces }),
    ...(version && { version }),
  });
}
export const removeRole = (name: string) => del(`/role/${name}`);
