// A new record type: named, with a first field, to be filled in its editor.
import type { Localized } from '@hougu/i18n';
import { text, useText } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Named, NewNamed } from '../parts/new_named';
import type { Definition } from './definition';
import { createEntity, entitiesKey } from './entity_queries';

interface NewEntityProps {
  open: boolean;
  taken: string[];
  onClose: () => void;
  onMade: (name: string) => void;
}

/** A record type has to have a field: a short text that names the record. */
function firstDefinition(name: string, label: Localized): Definition {
  const words = text('studio.entity.first_field');
  return {
    name,
    label,
    title: ['name'],
    search: ['name'],
    ownership: { team: null, assignee: null, via: null },
    fields: [
      { name: 'name', type: 'text', label: { 'zh-CN': words }, required: true, max_length: 200 },
    ],
    indexes: [],
    unique: [],
  };
}

export function NewEntity({ open, taken, onClose, onMade }: NewEntityProps): ReactNode {
  const { t } = useText();
  const queries = useQueryClient();
  const make = async ({ label, name }: Named) => {
    await createEntity(firstDefinition(name, label));
    await queries.invalidateQueries({ queryKey: entitiesKey });
    onClose();
    onMade(name);
  };
  return (
    <NewNamed
      open={open}
      title={t('studio.entity.add')}
      intro={t('studio.entity.add_text')}
      okText={t('studio.entity.make')}
      labelTitle={t('studio.entity.label')}
      nameHelp={t('studio.entity.code_help')}
      taken={taken}
      prefix="table"
      onMake={make}
      onClose={onClose}
    />
  );
}
