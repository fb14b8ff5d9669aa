// Ctrl/⌘ K: tickets, customers and devices by number, phone, serial or words; pages; commands.
import { PlusOutlined } from '@ant-design/icons';
import { get } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import type { LookupItem } from '@hougu/api/types';
import { useSettled } from '@hougu/forms';
import { inSentence, useText } from '@hougu/i18n';
import { CommandPalette, Keys, matches, type PaletteGroup } from '@hougu/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import {
  listedEntities,
  listPath,
  newRecordPath,
  newTicketPath,
  queuePath,
  recordPath,
} from '../paths';
import { useTicketViews } from '../queue/use_views';
import { EntityIcon } from './entity_icon';

const searched = ['ticket', 'customer', 'asset'] as const;

function useFound(search: string) {
  return useQuery({
    queryKey: ['records', 'finder', search],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        searched.map((entity) =>
          get<{ items: LookupItem[] }>(`/${entity}/lookup`, { q: search, limit: 6 }, signal).catch(
            () => ({
              items: [], // an entity that may not be read
            }),
          ),
        ),
      );
      return answers.map((answer) => answer.items);
    },
    enabled: search.length > 0,
    staleTime: 5000,
  });
}

export interface FinderProps {
  open: boolean;
  onClose: () => void;
  onShortcuts: () => void;
}

export function Finder({ open, onClose, onShortcuts }: FinderProps): ReactNode {
  const { t, localized } = useText();
  const go = useNavigate();
  const [search, setSearch] = useState('');
  const settled = useSettled(search.trim());
  const { data: entities = [] } = useEntities();
  const views = useTicketViews();
  const { data: found, isFetching } = useFound(open ? settled : '');

  const groups = useMemo<PaletteGroup[]>(() => {
    const records = searched.map((name, index) => {
      const entity = entities.find((one) => one.name === name);
      return {
        key: name,
        label: localized(entity?.label) || name,
        items: (search.trim() ? (found?.[index] ?? []) : []).map((item) => ({
          key: `${name}-${item.id}`,
          label: item.title,
          hint: item.hint ?? undefined,
          icon: <EntityIcon icon={entity?.icon} />,
          onPick: () => void go(recordPath(name, item.id)),
        })),
      };
    });
    const pages = [
      ...views.map((view) => ({
        key: `view-${view.name}`,
        label: localized(view.label),
        hint: t('desk.rail.queues'),
        onPick: () => void go(queuePath(view.name)),
      })),
      ...listedEntities(entities).map((entity) => ({
        key: `list-${entity.name}`,
        label: localized(entity.label),
        icon: <EntityIcon icon={entity.icon} />,
        onPick: () => void go(listPath(entity.name)),
      })),
    ].filter((item) => matches(item.label, search));
    const commands = [
      {
        key: 'new-ticket',
        label: t('desk.caller.new'),
        icon: <PlusOutlined />,
        extra: <Keys of="ctrl+alt+n" />,
        onPick: () => void go(newTicketPath(search.trim() ? { q: search.trim() } : {})),
      },
      ...listedEntities(entities)
        .filter((entity) => entity.grants.create && !entity.history_only)
        .map((entity) => ({
          key: `new-${entity.name}`,
          label: t('desk.records.new', { entity: inSentence(localized(entity.label)) }),
          icon: <PlusOutlined />,
          onPick: () => void go(newRecordPath(entity.name)),
        })),
      { key: 'keys', label: t('ui.shortcuts.title'), extra: <Keys of="?" />, onPick: onShortcuts },
    ].filter((item) => item.key === 'new-ticket' || matches(item.label, search));
    return [
      ...records,
      {
        key: 'pages',
        label: t('desk.finder.pages'),
        items: pages.slice(0, search.trim() ? 6 : 20),
      },
      {
        key: 'commands',
        label: t('desk.finder.commands'),
        items: commands.slice(0, search.trim() ? 6 : 20),
      },
    ];
  }, [entities, views, found, search, t, localized, go, onShortcuts]);

  return (
    <CommandPalette
      open={open}
      onClose={onClose}
      placeholder={t('desk.finder.placeholder')}
      search={search}
      onSearch={setSearch}
      groups={groups}
      busy={isFetching || settled !== search.trim()}
    />
  );
}
