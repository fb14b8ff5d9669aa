// Keyboard shortcuts: "j", "shift+a", "mod+k" (Ctrl, or ⌘ on a Mac), "ctrl+alt+n", "?".
import { useText } from '@hougu/i18n';
import { Modal } from 'antd';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import './shortcuts.css';

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** The name of what was pressed, as shortcuts are written. */
export function pressed(event: KeyboardEvent): string {
  const parts: string[] = [];
  const mod = apple ? event.metaKey : event.ctrlKey;
  if (mod && !event.altKey) parts.push('mod');
  else if (event.ctrlKey) parts.push('ctrl');
  if (event.altKey) parts.push('alt');
  const key = event.key.toLowerCase();
  // With Alt some layouts give another letter: the place of the key counts then.
  const named =
    event.altKey && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : key;
  if (event.shiftKey && /^[a-z]$|^(arrow\w+|enter|tab|escape)$/.test(named)) parts.push('shift');
  parts.push(named);
  return parts.join('+');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !/^(checkbox|radio|button|file)$/.test(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

function dialogOpen(): boolean {
  return [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].some(
    (dialog) => dialog.offsetParent !== null || dialog.getClientRects().length > 0,
  );
}

/** Listens while the component is there. Plain keys rest while somebody types or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts, enabled = true): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    if (!enabled) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = pressed(event);
      const action = latest.current[name];
      if (!action) return;
      const combined = /^(mod|ctrl|alt)\+/.test(name);
      if (!combined && (isTyping(event.target) || dialogOpen())) return;
      event.preventDefault();
      action(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [enabled]);
}

/** A shortcut as keys to read: "mod+k" → Ctrl K or ⌘ K. */
export function Keys({ of }: { of: string }): ReactNode {
  const names: Record<string, string> = {
    mod: apple ? '⌘' : 'Ctrl',
    ctrl: 'Ctrl',
    alt: apple ? '⌥' : 'Alt',
    shift: '⇧',
    enter: '↵',
    escape: 'Esc',
    arrowup: '↑',
    arrowdown: '↓',
  };
  return (
    <span className="hougu-keys">
      {of.split('+').map((key) => (
        <kbd key={key}>{names[key] ?? key.toUpperCase()}</kbd>
      ))}
    </span>
  );
}

export interface ShortcutGroup {
  title: string;
  keys: { keys: string; does: string }[];
}

export function ShortcutHelp({
  open,
  onClose,
  groups,
}: {
  open: boolean;
  onClose: () => void;
  groups: ShortcutGroup[];
}): ReactNode {
  const { t } = useText();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('ui.shortcuts.title')} width={640}>
      <div className="hougu-shortcuts">
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map((line) => (
                <Fragment key={line.keys}>
                  <dt>
                    <Keys of={line.keys} />
                  </dt>
                  <dd>{line.does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
