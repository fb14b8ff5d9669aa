// People at the server.
import { get, patch, post } from '@hougu/api/client';
import type { User } from '@hougu/api/types';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';

export interface UserFilter {
  search?: string;
  role?: string;
  unit?: string;
  active?: boolean;
}

export interface UserValues {
  login?: string;
  name?: string;
  phone?: string | null;
  email?: string | null;
  locale?: string | null;
  unit?: string | null;
  units?: string[];
  roles?: string[];
  active?: boolean;
  password?: string;
  must_change_password?: boolean;
}

export const usersKey = ['records', 'user'];

export function useUsers(filter: UserFilter, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...usersKey, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      get<{ records: User[]; next: string | null }>(
        '/user',
        { ...filter, limit: 50, ...(pageParam && { after: pageParam }) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled,
  });
}

export const readUser = (id: string) => get<User>(`/user/${id}`);
export const createUser = (values: UserValues) => post<User>('/user', values);
export const updateUser = (id: string, values: UserValues) => patch<User>(`/user/${id}`, values);
export const setPassword = (id: string, password: string, must_change: boolean) =>
  post(`/user/${id}/password`, { password, must_change });
export const signOutEverywhere = (id: string) => post(`/user/${id}/sign_out`);

export function useUser(id: string | undefined) {
  return useQuery({
    queryKey: [...usersKey, 'one', id],
    queryFn: () => readUser(id ?? ''),
    enabled: Boolean(id),
  });
}

export function belongsTo(user: User, unit: string): boolean {
  return user.units.some((own) => own.id === unit) || mainUnit(user) === unit;
}

export function mainUnit(user: User): string | null {
  return typeof user.unit === 'string' ? user.unit : (user.unit?.id ?? null);
}
