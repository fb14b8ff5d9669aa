// The tree to look at and to drag in. Moving without a mouse: "Move to…" beside it.
import type { Unit } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { EmptyState } from '@hougu/ui';
import { Tree, type TreeDataNode } from 'antd';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { UnitKindIcon } from './unit_kind';
import { mayMove, parentId, pathTo, type UnitNode, unitTree } from './unit_tree';

interface UnitTreeViewProps {
  units: Unit[];
  chosen: Unit | undefined;
  search: string;
  onChoose: (unit: Unit | null) => void;
  onMove: (unit: Unit, parent: string | null) => void;
}

/** What matches, with the way down to it. */
function matching(units: Unit[], search: string): Unit[] {
  if (!search) return units;
  const wanted = search.toLocaleLowerCase();
  const keep = new Set(
    units
      .filter((unit) => `${unit.name} ${unit.code ?? ''}`.toLocaleLowerCase().includes(wanted))
      .flatMap((unit) => pathTo(units, unit.id)),
  );
  return units.filter((unit) => keep.has(unit));
}

export function UnitTreeView(props: UnitTreeViewProps): ReactNode {
  const { units, chosen, search, onChoose, onMove } = props;
  const { t } = useText();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => matching(units, search), [units, search]);

  const chosenId = chosen?.id;
  useEffect(() => {
    if (!chosenId) return;
    const above = new Set(pathTo(units, chosenId).map((unit) => unit.id));
    setClosed((now) => new Set([...now].filter((id) => !above.has(id))));
  }, [chosenId, units]);

  const nodes = useMemo(() => {
    const convert = (list: UnitNode[]): TreeDataNode[] =>
      list.map(({ unit, children }) => ({
        key: unit.id,
        title: (
          <span className={unit.archived ? 'studio-unit studio-soft' : 'studio-unit'}>
            <UnitKindIcon kind={unit.kind} />
            <span className="hougu-cut" title={unit.name}>
              {unit.name}
            </span>
            {unit.archived && <small>{t('studio.common.archived')}</small>}
          </span>
        ),
        children: convert(children),
      }));
    return convert(unitTree(shown));
  }, [shown, t]);

  if (units.length === 0) {
    return (
      <EmptyState title={t('studio.organisation.none')}>
        {t('studio.organisation.none_text')}
      </EmptyState>
    );
  }
  if (shown.length === 0) return <EmptyState title={t('studio.common.nothing_found')} />;
  const find = (key: unknown) => units.find((unit) => unit.id === key);
  const target = (node: { key: unknown }, gap: boolean) => {
    const unit = find(node.key);
    return gap && unit ? parentId(unit) : (unit?.id ?? null);
  };
  return (
    <Tree
      blockNode
      showLine
      className="studio-tree"
      aria-label={t('studio.organisation.tree')}
      treeData={nodes}
      selectedKeys={chosenId ? [chosenId] : []}
      expandedKeys={units.map((unit) => unit.id).filter((id) => search !== '' || !closed.has(id))}
      onExpand={(open) => {
        const set = new Set(open.map(String));
        setClosed(new Set(units.map((unit) => unit.id).filter((id) => !set.has(id))));
      }}
      onSelect={(_, { node }) => onChoose(find(node.key) ?? null)}
      draggable={{ icon: false }}
      allowDrop={({ dragNode, dropNode, dropPosition }) =>
        mayMove(units, String(dragNode.key), target(dropNode, dropPosition !== 0))
      }
      onDrop={({ dragNode, node, dropToGap }) => {
        const unit = find(dragNode.key);
        const to = target(node, dropToGap);
        if (unit && mayMove(units, unit.id, to)) onMove(unit, to);
      }}
    />
  );
}
