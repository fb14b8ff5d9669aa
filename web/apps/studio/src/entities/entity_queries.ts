// Definitions at the server.
import { del, get, post, put } from '@hougu/api/client';
import type { EntityDefinition } from '@hougu/api/types';
import { useQuery } from '@tanstack/react-query';
import type { Definition, EntityDraft } from './definition';
import { changedParts } from './diff';

export const entitiesKey = ['entities'];

export const createEntity = (definition: Definition) =>
  post<EntityDefinition>('/entities', definition);
export const removeEntity = (name: string) => del(`/entities/${name}`);

async function current(name: string): Promise<EntityDefinition | undefined> {
  const { entities } = await get<{ entities: EntityDefinition[] }>('/entities');
  return entities.find((entity) => entity.name === name);
}

/** Sends what differs: fields first, since forms and views name them. Answers what counts then. */
export async function publish(
  before: EntityDraft,
  after: EntityDraft,
): Promise<EntityDefinition | undefined> {
  const changed = changedParts(before, after);
  const path = `/entities/${after.definition.name}`;
  let version = after.version;
  const send = async (to: string, body: object) => {
    ({ version } = await put<{ version: number }>(to, { ...body, version }));
  };
  if (changed.definition) await send(path, after.definition);
  if (changed.forms) await send(`${path}/forms`, { forms: after.forms });
  if (changed.views) await send(`${path}/views`, { views: after.views });
  return current(after.definition.name);
}

/** How many records an entity has; counting stops at 10,000. */
export function useRecordCount(entity: string) {
  return useQuery({
    queryKey: ['records', entity, 'count', {}],
    queryFn: ({ signal }) =>
      get<{ count: number; exact: boolean }>(`/${entity}/count`, undefined, signal),
  });
}
