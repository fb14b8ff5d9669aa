// Who else is here: "Zhang San is looking at this", "… is writing".
import { EditOutlined, EyeOutlined } from '@ant-design/icons';
import { useSession } from '@hougu/api/session';
import type { Presence } from '@hougu/api/types';
import { formatList, useText } from '@hougu/i18n';
import type { ReactNode } from 'react';

export function PresenceLine({ people }: { people: Presence['people'] }): ReactNode {
  const { t } = useText();
  const me = useSession().info.user.id;
  const others = people.filter((person) => person.id !== me);
  const typing = others.filter((person) => person.state === 'typing').map((person) => person.name);
  const viewing = others
    .filter((person) => person.state === 'viewing')
    .map((person) => person.name);
  return (
    <div className="desk-presence" role="status" aria-live="polite">
      {typing.length > 0 && (
        <span className="desk-presence-typing">
          <EditOutlined aria-hidden="true" />{' '}
          {t('desk.presence.typing', { names: formatList(typing) })}
        </span>
      )}
      {viewing.length > 0 && (
        <span>
          <EyeOutlined aria-hidden="true" />{' '}
          {t('desk.presence.viewing', { names: formatList(viewing) })}
        </span>
      )}
    </div>
  );
}
