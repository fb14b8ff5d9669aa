// Picks a quick reply, and keeps the person's own list.
import { DeleteOutlined, PlusOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { usePreference } from '@hougu/api/session';
import { useText } from '@hougu/i18n';
import { Button, Dropdown, Input, type MenuProps, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { firstReplies, placeholders, type QuickReply } from './quick_replies';

interface QuickReplyMenuProps {
  /** The words for this ticket. */
  fill: (body: string) => string;
  onPick: (words: string) => void;
}

export function QuickReplyMenu({ fill, onPick }: QuickReplyMenuProps): ReactNode {
  const { t } = useText();
  const [own, setOwn] = usePreference<QuickReply[]>('quick_replies', []);
  const [editing, setEditing] = useState(false);
  const replies = own.length > 0 ? own : firstReplies(t);
  const items: MenuProps['items'] = [
    ...replies.map((reply) => ({
      key: reply.id,
      label: (
        <span className="desk-quick">
          <strong>{reply.title}</strong>
          <span className="hougu-cut">{fill(reply.body)}</span>
        </span>
      ),
      onClick: () => onPick(fill(reply.body)),
    })),
    { type: 'divider' },
    { key: 'edit', label: t('desk.quick.edit'), onClick: () => setEditing(true) },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="topLeft">
        <Button
          type="text"
          icon={<ThunderboltOutlined />}
          aria-label={t('desk.quick.title')}
          title={t('desk.quick.title')}
        />
      </Dropdown>
      {editing && (
        <QuickReplyDialog replies={replies} onSave={setOwn} onClose={() => setEditing(false)} />
      )}
    </>
  );
}

interface QuickReplyDialogProps {
  replies: QuickReply[];
  onSave: (replies: QuickReply[]) => void;
  onClose: () => void;
}

function QuickReplyDialog({ replies, onSave, onClose }: QuickReplyDialogProps): ReactNode {
  const { t } = useText();
  const [list, setList] = useState(replies);
  const change = (index: number, part: Partial<QuickReply>) =>
    setList(
      list.map((reply, at) => (at === index ? ({ ...reply, ...part } as QuickReply) : reply)),
    );
  const save = () => {
    onSave(list.filter((reply) => reply.title.trim() && reply.body.trim()));
    onClose();
  };
  return (
    <Modal
      open
      title={t('desk.quick.edit')}
      okText={t('ui.action.save')}
      onOk={save}
      onCancel={onClose}
      width={640}
    >
      <p className="desk-hint">
        {t('desk.quick.hint', { list: placeholders.map((name) => `{${name}}`).join(' ') })}
      </p>
      <div className="desk-asks">
        {list.map((reply, index) => (
          <fieldset key={reply.id} className="desk-quick-edit">
            <Input
              aria-label={t('desk.quick.name', { index: index + 1 })}
              placeholder={t('desk.quick.name', { index: index + 1 })}
              maxLength={40}
              value={reply.title}
              onChange={(event) => change(index, { title: event.target.value })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('forms.upload.remove', { name: reply.title })}
              onClick={() => setList(list.filter((_, at) => at !== index))}
            />
            <Input.TextArea
              aria-label={t('desk.quick.body', { index: index + 1 })}
              placeholder={t('desk.quick.body', { index: index + 1 })}
              maxLength={1000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              value={reply.body}
              onChange={(event) => change(index, { body: event.target.value })}
            />
          </fieldset>
        ))}
        <Button
          icon={<PlusOutlined />}
          onClick={() => setList([...list, { id: Date.now().toString(36), title: '', body: '' }])}
        >
          {t('desk.quick.add')}
        </Button>
      </div>
    </Modal>
  );
}
