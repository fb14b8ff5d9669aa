import type { Translate } from '@hougu/i18n';
import type { ShortcutGroup } from '@hougu/ui';

export function shortcutGroups(t: Translate): ShortcutGroup[] {
  const line = (keys: string, name: string) => ({ keys, does: t(`desk.keys.${name}`) });
  return [
    {
      title: t('desk.keys.everywhere'),
      keys: [
        line('mod+k', 'find'),
        line('ctrl+alt+n', 'new_ticket'),
        line('?', 'help'),
        line('escape', 'close'),
      ],
    },
    {
      title: t('desk.keys.list'),
      keys: [
        line('j', 'next'),
        line('k', 'previous'),
        line('x', 'select'),
        line('/', 'search'),
        line('f', 'filter'),
      ],
    },
    {
      title: t('desk.keys.ticket'),
      keys: [
        line('r', 'reply'),
        line('n', 'note'),
        line('t', 'triage'),
        line('a', 'assign'),
        line('c', 'close_ticket'),
        line('e', 'resolve'),
      ],
    },
    {
      title: t('desk.keys.writing'),
      keys: [line('mod+enter', 'send')],
    },
  ];
}
