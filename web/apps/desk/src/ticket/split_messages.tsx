import { useTimeline } from '@hougu/api/queries';
import { useText } from '@hougu/i18n';
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';

interface SplitMessagesProps {
  ticket: string;
  value: string[];
  onChange: (ids: string[]) => void;
}

/** Which messages go along to the new ticket. */
export function SplitMessages({ ticket, value, onChange }: SplitMessagesProps): ReactNode {
  const { t } = useText();
  const { data = [] } = useTimeline(ticket);
  const messages = data.flatMap((item) =>
    item.kind === 'message' && item.message ? [item.message] : [],
  );
  if (messages.length === 0) return null;
  return (
    <fieldset className="desk-split">
      <legend>{t('desk.field.messages')}</legend>
      {messages.map((message) => (
        <Checkbox
          key={message.id}
          checked={value.includes(message.id)}
          onChange={(event) =>
            onChange(
              event.target.checked
                ? [...value, message.id]
                : value.filter((id) => id !== message.id),
            )
          }
        >
          <span className="desk-split-line">
            {String(message.author_name ?? '')}: {String(message.body ?? '')}
          </span>
        </Checkbox>
      ))}
    </fieldset>
  );
}
