// Saves a record; when somebody saved first, shows both values and saves what the person chose.
import { ApiError, patch } from '@hougu/api/client';
import type { Conflict, EntityDefinition, FieldValue, Json, RecordData } from '@hougu/api/types';
import { FieldDisplay, fieldOf, toInput } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { type Choices, ConflictDialog, type ConflictRow } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useState } from 'react';

type Payload = Record<string, Json>;

interface Pending {
  conflicts: Conflict[];
  current: RecordData | null;
  version: number;
  who: string | null;
  payload: Payload;
  settle: (record: RecordData | null) => void;
  fail: (error: unknown) => void;
}

export interface SaveRecord {
  /** The record as saved; null when the person went back to editing. Throws what the server refused. */
  save: (record: RecordData, payload: Payload) => Promise<RecordData | null>;
  /** To be rendered: asks in case of a conflict. */
  dialog: ReactNode;
}

export function useSaveRecord(entity: EntityDefinition): SaveRecord {
  const { localized } = useText();
  const queries = useQueryClient();
  const [pending, setPending] = useState<Pending | null>(null);
  const [busy, setBusy] = useState(false);

  const write = useCallback(
    async (id: string, version: number, payload: Payload): Promise<RecordData | null> => {
      try {
        const saved = await patch<RecordData>(`/${entity.name}/${id}`, { version, ...payload });
        queries.setQueryData<RecordData>(['record', entity.name, id], (now) => ({
          ...saved,
          _can: saved._can ?? now?._can ?? [],
        }));
        void queries.invalidateQueries({ queryKey: ['record', entity.name, id] });
        void queries.invalidateQueries({ queryKey: ['records', entity.name] });
        if (entity.name === 'ticket')
          void queries.invalidateQueries({ queryKey: ['ticket_parts', id] });
        return saved;
      } catch (error) {
        if (!(error instanceof ApiError) || !error.stale) throw error;
        const { conflicts = [], record = null, version: now } = error.details;
        const latest = now ?? record?.version ?? version;
        const mine = conflicts.filter((conflict) => conflict.field in payload);
        // Others changed other fields: nothing to choose, ours go on top of theirs.
        if (mine.length === 0 && latest !== version) return write(id, latest, payload);
        return new Promise((settle, fail) => {
          const who = record?.updated_by?.title ?? null;
          // A third person may have saved while the choice was being sent: it is asked again.
          setBusy(false);
          setPending({
            conflicts: mine,
            current: record,
            version: latest,
            who,
            payload,
            settle,
            fail,
          });
        });
      }
    },
    [entity.name, queries],
  );

  const save = useCallback(
    (record: RecordData, payload: Payload) => write(record.id, record.version, payload),
    [write],
  );

  const resolve = async (choices: Choices) => {
    if (!pending?.current) return;
    const kept = Object.fromEntries(
      Object.entries(pending.payload).filter(([field]) => choices[field] !== 'theirs'),
    );
    const { current, version } = pending;
    setBusy(true);
    try {
      const saved = Object.keys(kept).length > 0 ? await write(current.id, version, kept) : current;
      setPending(null);
      void queries.invalidateQueries({ queryKey: ['record', entity.name, current.id] });
      pending.settle(saved);
    } catch (error) {
      setPending(null);
      pending.fail(error);
    } finally {
      setBusy(false);
    }
  };

  const show = (name: string, value: FieldValue): ReactNode => {
    const field = fieldOf(entity, name);
    return field ? <FieldDisplay field={field} value={value} /> : String(value);
  };
  const rows: ConflictRow[] = (pending?.conflicts ?? []).map((conflict) => {
    const field = fieldOf(entity, conflict.field);
    return {
      field: conflict.field,
      label: field ? localized(field.label) : conflict.field,
      mine: show(conflict.field, conflict.yours),
      theirs: show(conflict.field, conflict.theirs),
    };
  });
  const dialog = pending && (
    <ConflictDialog
      open
      who={pending.who}
      rows={rows}
      busy={busy}
      onResolve={(choices) => void resolve(choices)}
      onCancel={() => {
        pending.settle(null);
        setPending(null);
      }}
    />
  );
  return { save, dialog };
}

/** One field as a payload. */
export function fieldPayload(entity: EntityDefinition, name: string, value: FieldValue): Payload {
  const field = fieldOf(entity, name);
  return { [name]: field ? toInput(field, value) : (value as Json) };
}
