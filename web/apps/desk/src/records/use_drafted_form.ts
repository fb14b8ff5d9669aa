// A record form whose unsaved changes survive a reload.
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { type RecordDraft, useRecordDraft, type Values } from '@hougu/forms';
import { useUnsavedGuard } from '@hougu/ui';
import { useEffect, useRef } from 'react';
import { type KeptState, useKept } from '../frame/use_kept';

export interface KeptChanges {
  values: Values;
  /** The version the changes were made on. */
  version: number | null;
}

const none: KeptChanges = { values: {}, version: null };

/** To be read before the form is drawn: `useDraftedForm` starts from it. */
export function useKeptChanges(entity: string, id: string): KeptState<KeptChanges> {
  return useKept<KeptChanges>(`draft:record:${entity}:${id}`, none);
}

export function useDraftedForm(
  entity: EntityDefinition,
  record: RecordData | null,
  kept: KeptState<KeptChanges>,
  initial: Values = {},
): { draft: RecordDraft; version: number | null; unsaved: boolean; discard: () => void } {
  const draft = useRecordDraft(entity, record, { ...initial, ...kept.value.values });
  const version = useRef(kept.value.version ?? record?.version ?? null);
  const { changed, values, reset } = draft;
  const unsaved = changed.length > 0;
  useUnsavedGuard(unsaved);

  const { set, clear } = kept;
  useEffect(() => {
    if (unsaved) {
      const own = Object.fromEntries(changed.map((name) => [name, values[name] ?? null]));
      set({ values: own, version: version.current });
    } else {
      clear();
    }
  }, [unsaved, changed, values, set, clear]);

  // Somebody else saved while nothing was typed here: show theirs.
  useEffect(() => {
    if (!record || unsaved || version.current === record.version) return;
    version.current = record.version;
    reset(record);
  }, [record, unsaved, reset]);

  const discard = () => {
    version.current = record?.version ?? null;
    reset(record);
    clear();
  };
  return { draft, version: version.current, unsaved, discard };
}
