// Keys for other programs, at the server.
import { del, get, post } from '@hougu/api/client';
import type { Ref } from '@hougu/api/types';
import { useQuery } from '@tanstack/react-query';

export interface ApiKey {
  id: string;
  name: string;
  /** The beginning of the key, to know it by. */
  shown: string;
  owner: Ref | null;
  scopes: string[];
  expires_at: string | null;
  created_at: string;
}

export interface NewApiKey {
  name: string;
  scopes: string[];
  expires_at?: string;
}

export const apiKeysKey = ['api_keys'];

export function useApiKeys() {
  return useQuery({
    queryKey: apiKeysKey,
    queryFn: async ({ signal }) =>
      (await get<{ records: ApiKey[] }>('/api_key', undefined, signal)).records,
  });
}

/** The answer holds the key itself, this one time. */
export const createApiKey = (key: NewApiKey) => post<ApiKey & { key: string }>('/api_key', key);
export const removeApiKey = (id: string) => del(`/api_key/${id}`);
