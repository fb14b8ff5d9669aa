// The rail: my queues with their counts, then every entity.

import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  InboxOutlined,
  PauseCircleOutlined,
  TagOutlined,
  TeamOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { get } from '@hougu/api/client';
import { useEntities } from '@hougu/api/queries';
import type { Count, View } from '@hougu/api/types';
import { formatNumber, useText } from '@hougu/i18n';
import type { NavGroup, NavItem } from '@hougu/ui';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import { listedEntities, listPath, queuePath } from '../paths';
import { useTicketViews } from '../queue/use_views';
import { EntityIcon } from './entity_icon';

const queueIcons: Record<string, ReactNode> = {
  to_triage: <InboxOutlined />,
  mine: <UserOutlined />,
  my_team: <TeamOutlined />,
  in_progress: <ClockCircleOutlined />,
  paused: <PauseCircleOutlined />,
  resolved: <CheckCircleOutlined />,
  all: <UnorderedListOutlined />,
};

/** The queues' counts as short badges: "12", "9,999+". */
function useBadges(views: View[]): (string | undefined)[] {
  const answers = useQueries({
    queries: views.map((view) => ({
      queryKey: ['records', 'ticket', 'count', { view: view.name }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<Count>('/ticket/count', { view: view.name }, signal),
      // "All" only grows: its number helps nobody and costs the most to count.
      enabled: view.where !== null,
    })),
  });
  return answers.map(({ data }, index) => {
    if (!data || data.count === 0 || views[index]?.where === null) return undefined;
    return data.exact ? formatNumber(data.count) : `${formatNumber(data.count - 1)}+`;
  });
}

export function useNav(): NavGroup[] {
  const { t, localized } = useText();
  const { pathname } = useLocation();
  const { data: entities = [] } = useEntities();
  const views = useTicketViews();
  const badges = useBadges(views);
  const at = decodeURI(pathname);
  const queues = views.map((view, index): NavItem => {
    const path = queuePath(view.name);
    const badge = badges[index];
    return {
      key: `queue-${view.name}`,
      to: path,
      label: localized(view.label),
      icon: queueIcons[view.name] ?? <TagOutlined />,
      active: at === path || at.startsWith(`${path}/`),
      ...(badge && { badge }),
    };
  });
  const records = listedEntities(entities).map((entity) => ({
    key: entity.name,
    to: listPath(entity.name),
    label: localized(entity.label),
    icon: <EntityIcon icon={entity.icon} />,
    active:
      pathname === `/records/${entity.name}` || pathname.startsWith(`/records/${entity.name}/`),
  }));
  return [
    { key: 'queues', label: t('desk.rail.queues'), items: queues },
    { key: 'records', label: t('desk.rail.records'), items: records },
  ];
}
