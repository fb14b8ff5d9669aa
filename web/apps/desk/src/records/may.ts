import type { Scope } from '@hougu/api/types';

/** Whether a scope covers any record at all. */
export function may(scope: Scope | Scope[] | undefined): boolean {
  return scope !== undefined && scope !== 'none' && scope.length > 0;
}
