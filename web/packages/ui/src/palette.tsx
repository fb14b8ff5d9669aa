// Ctrl/⌘ K: finds records, pages and commands by a few letters.
import { SearchOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import './palette.css';

export interface PaletteItem {
  key: string;
  label: string;
  hint?: string | undefined;
  icon?: ReactNode;
  /** A shortcut or the like, at the right. */
  extra?: ReactNode;
  onPick: () => void;
}

export interface PaletteGroup {
  key: string;
  label: string;
  items: PaletteItem[];
}

export interface CommandPaletteProps {
  open: boolean;
  onClose: () => void;
  placeholder: string;
  search: string;
  onSearch: (search: string) => void;
  groups: PaletteGroup[];
  /** More is on its way. */
  busy?: boolean;
}

/** Whether all letters of what was typed come in the text, word by word. */
export function matches(label: string, search: string): boolean {
  const text = label.toLocaleLowerCase();
  return search
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function CommandPalette(props: CommandPaletteProps): ReactNode {
  const { open, onClose, groups } = props;
  const { t } = useText();
  const id = useId();
  const [index, setIndex] = useState(0);
  const items = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed or found starts at the top again
  useEffect(() => setIndex(0), [props.search, open]);
  const current = items[Math.min(index, items.length - 1)];

  useEffect(() => {
    if (current)
      document.getElementById(`${id}-${current.key}`)?.scrollIntoView({ block: 'nearest' });
  }, [current, id]);

  const pick = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    item.onPick();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setIndex((i) => Math.min(i + 1, items.length - 1));
    else if (event.key === 'ArrowUp') setIndex((i) => Math.max(i - 1, 0));
    else if (event.key === 'Enter') pick(current);
    else return;
    event.preventDefault();
  };

  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      destroyOnHidden
      width={640}
      style={{ top: '12vh' }}
      styles={{ container: { padding: 0, overflow: 'hidden' }, header: { margin: 0 } }}
      title={<span className="hougu-visually-hidden">{props.placeholder}</span>}
    >
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden="true" />}
        placeholder={props.placeholder}
        aria-label={props.placeholder}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={current && `${id}-${current.key}`}
        value={props.search}
        onChange={(event) => props.onSearch(event.target.value)}
        onKeyDown={onKey}
        className="hougu-palette-input"
      />
      <div
        className="hougu-palette-list"
        role="listbox"
        id={`${id}-list`}
        aria-label={props.placeholder}
        aria-busy={props.busy}
      >
        {groups.map((group) => (
          <div key={group.key} role="group" aria-label={group.label}>
            {group.items.length > 0 && <div className="hougu-palette-group">{group.label}</div>}
            {group.items.map((item) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and the keys
              <div
                key={item.key}
                id={`${id}-${item.key}`}
                role="option"
                tabIndex={-1}
                aria-selected={item === current}
                className="hougu-palette-item"
                onClick={() => pick(item)}
                onMouseMove={() => setIndex(items.indexOf(item))}
              >
                {item.icon && <span aria-hidden="true">{item.icon}</span>}
                <span className="hougu-cut">{item.label}</span>
                {item.hint && <span className="hougu-cut hougu-palette-hint">{item.hint}</span>}
                {item.extra && <span className="hougu-palette-extra">{item.extra}</span>}
              </div>
            ))}
          </div>
        ))}
        {items.length === 0 && (
          <div className="hougu-palette-none">
            {props.busy ? t('ui.palette.busy') : t('ui.palette.none')}
          </div>
        )}
      </div>
    </Modal>
  );
}
