// A list whose rows are put in order by dragging or, on the handle, with space and the arrow keys.
import { HolderOutlined } from '@ant-design/icons';
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import type { ReactNode } from 'react';

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

interface SortableListProps<T> {
  items: readonly T[];
  idOf: (item: T) => string;
  /** What the row is called, for the handle. */
  nameOf: (item: T) => string;
  onMove: (from: number, to: number) => void;
  row: (item: T, index: number, handle: ReactNode) => ReactNode;
  label: string;
  disabled?: boolean;
  className?: string;
}

export function SortableList<T>(props: SortableListProps<T>): ReactNode {
  const { items, idOf, onMove, disabled } = props;
  const { t } = useText();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = items.map(idOf);
  const name = (id: string | number) => {
    const item = items[ids.indexOf(String(id))];
    return item === undefined ? '' : props.nameOf(item);
  };
  const at = (id: string | number) => ids.indexOf(String(id)) + 1;
  const end = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    onMove(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{
        screenReaderInstructions: { draggable: t('studio.sort.how') },
        announcements: {
          onDragStart: ({ active }) => t('studio.sort.lifted', { name: name(active.id) }),
          onDragOver: ({ active, over }) =>
            over ? t('studio.sort.over', { name: name(active.id), place: at(over.id) }) : undefined,
          onDragEnd: ({ active, over }) =>
            over
              ? t('studio.sort.dropped', { name: name(active.id), place: at(over.id) })
              : undefined,
          onDragCancel: ({ active }) => t('studio.sort.cancelled', { name: name(active.id) }),
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ul className={props.className ?? 'studio-rows'} aria-label={props.label}>
          {items.map((item, index) => (
            <SortableRow
              key={ids[index]}
              id={ids[index] ?? ''}
              name={props.nameOf(item)}
              disabled={disabled ?? false}
            >
              {(handle) => props.row(item, index, handle)}
            </SortableRow>
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

interface SortableRowProps {
  id: string;
  name: string;
  disabled: boolean;
  children: (handle: ReactNode) => ReactNode;
}

function SortableRow({ id, name, disabled, children }: SortableRowProps): ReactNode {
  const { t } = useText();
  const {
    attributes,
    listeners,
    setNodeRef,
    setActivatorNodeRef,
    transform,
    transition,
    isDragging,
  } = useSortable({ id, disabled });
  const style = {
    transform: transform ? `translate(${transform.x}px, ${transform.y}px)` : undefined,
    transition,
    zIndex: isDragging ? 2 : undefined,
    position: 'relative' as const,
  };
  const handle = (
    <Button
      ref={setActivatorNodeRef}
      type="text"
      size="small"
      className="studio-handle"
      icon={<HolderOutlined />}
      disabled={disabled}
      {...attributes}
      {...listeners}
      aria-label={t('studio.sort.move', { name })}
    />
  );
  return (
    <li ref={setNodeRef} style={style} className={isDragging ? 'studio-dragged' : undefined}>
      {children(handle)}
    </li>
  );
}
