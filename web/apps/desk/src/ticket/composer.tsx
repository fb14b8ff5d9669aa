// Writes a reply to the customer or an internal note. What is written is kept until it is sent.
import { LockOutlined, PaperClipOutlined, SendOutlined } from '@ant-design/icons';
import { errorText, newKey, post } from '@hougu/api/client';
import { useLookup } from '@hougu/api/queries';
import { useSession } from '@hougu/api/session';
import type { EntityDefinition, FileRef, RecordData } from '@hougu/api/types';
import { FileTile, pastedFiles, UploadingTile, useSettled, useUploads } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { Keys, useUnsavedGuard } from '@hougu/ui';
import { Alert, Button, Mentions, Segmented } from 'antd';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { useKept } from '../frame/use_kept';
import { fillReply } from './quick_replies';
import { QuickReplyMenu } from './quick_reply_menu';
import { useVerb } from './use_verb';

export type MessageKind = 'reply' | 'note';

interface Draft {
  kind: MessageKind;
  reply: string;
  note: string;
  files: FileRef[];
}

const empty: Draft = { kind: 'reply', reply: '', note: '', files: [] };

/** What is typed behind the last @ before the caret. */
export function mentionIn(body: string, caret: number | null | undefined): string {
  return /@([^\s@]{1,20})$/.exec(body.slice(0, caret ?? body.length))?.[1] ?? '';
}

export interface ComposerHandle {
  write: (kind: MessageKind) => void;
}

export interface ComposerProps {
  entity: EntityDefinition;
  ticket: RecordData;
  handle: RefObject<ComposerHandle | null>;
  onTyping: () => void;
}

export function Composer({ entity, ticket, handle, onTyping }: ComposerProps): ReactNode {
  const { t } = useText();
  const { info } = useSession();
  const { refresh } = useVerb();
  const draft = useKept<Draft>(`draft:ticket:${ticket.id}`, empty);
  const { kind, files } = draft.value;
  const body = draft.value[kind];
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef(newKey());
  const area = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const latest = useRef(draft.value);
  latest.current = draft.value;
  const change = (part: Partial<Draft>) => {
    latest.current = { ...latest.current, ...part };
    draft.set(latest.current);
    onTyping();
  };
  const { uploading, add, retry, remove } = useUploads(
    (file) => change({ files: [...latest.current.files, file] }),
    true,
  );
  const [mention, setMention] = useState('');
  const settled = useSettled(mention);
  const people = useLookup('user', settled, kind === 'note' && mention !== '');
  useUnsavedGuard(uploading.length > 0);

  const focus = () => area.current?.querySelector('textarea')?.focus();
  handle.current = {
    write: (next) => {
      change({ kind: next });
      requestAnimationFrame(focus);
    },
  };

  const send = async () => {
    if (busy || uploading.length > 0 || !body.trim()) return;
    setBusy(true);
    setProblem(null);
    try {
      const attachments = files.length > 0 ? files.map((file) => file.id) : undefined;
      await post(
        `/ticket/${ticket.id}/message`,
        { kind, body: body.trim(), attachments },
        { idempotencyKey: key.current },
      );
      key.current = newKey();
      const other = kind === 'reply' ? 'note' : 'reply';
      // The half-written other kind stays.
      if (latest.current[other]) change({ [kind]: '', files: [] });
      else draft.clear();
      refresh(ticket.id);
      requestAnimationFrame(focus);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  const note = kind === 'note';
  const label = t(note ? 'desk.talk.write_note' : 'desk.talk.write_reply');
  return (
    <section
      ref={area}
      className={note ? 'desk-composer desk-composer-note' : 'desk-composer'}
      aria-label={t('desk.talk.write')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        add(event.dataTransfer.files);
      }}
      onPaste={(event) => {
        const pasted = pastedFiles(event);
        if (pasted.length === 0) return;
        event.preventDefault();
        add(pasted);
      }}
    >
      <div className="desk-composer-head">
        <Segmented<MessageKind>
          size="small"
          value={kind}
          onChange={(next) => {
            change({ kind: next });
            requestAnimationFrame(focus);
          }}
          options={[
            { value: 'reply', label: t('desk.talk.reply') },
            { value: 'note', label: t('desk.talk.note'), icon: <LockOutlined /> },
          ]}
        />
        <span className="desk-hint">
          {t(note ? 'desk.talk.note_hint' : 'desk.talk.reply_hint')}
        </span>
      </div>
      <Mentions
        autoSize={{ minRows: 2, maxRows: 12 }}
        aria-label={label}
        placeholder={label}
        maxLength={10_000}
        prefix={note ? ['@'] : []}
        placement="top"
        loading={people.isFetching}
        options={(people.data ?? []).map((person) => ({
          value: person.title,
          label: person.title,
        }))}
        filterOption={false}
        value={body}
        onChange={(next) => {
          change({ [kind]: next });
          setMention(mentionIn(next, area.current?.querySelector('textarea')?.selectionStart));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
          if (event.key === 'Escape') (event.target as HTMLElement).blur();
        }}
      />
      {(files.length > 0 || uploading.length > 0) && (
        <ul className="hougu-files">
          {files.map((file) => (
            <FileTile
              key={file.id}
              file={file}
              onRemove={() => change({ files: files.filter((one) => one.id !== file.id) })}
            />
          ))}
          {uploading.map((one) => (
            <UploadingTile
              key={one.key}
              upload={one}
              onRetry={() => retry(one.key)}
              onRemove={() => remove(one.key)}
            />
          ))}
        </ul>
      )}
      {problem && <Alert type="error" role="alert" showIcon title={problem} />}
      <div className="desk-composer-foot">
        <Button
          type="text"
          icon={<PaperClipOutlined />}
          aria-label={t('desk.talk.attach')}
          title={t('desk.talk.attach')}
          onClick={() => picker.current?.click()}
        />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <QuickReplyMenu
          fill={(words) => fillReply(words, entity, ticket, info.user.name)}
          onPick={(words) => {
            change({ [kind]: body.trim() ? `${body.trimEnd()}\n${words}` : words });
            requestAnimationFrame(focus);
          }}
        />
        <span style={{ flex: 1 }} />
        <span className="desk-hint desk-desktop">
          <Keys of="mod+enter" />
        </span>
        <Button
          type="primary"
          icon={<SendOutlined />}
          loading={busy}
          disabled={!body.trim() || uploading.length > 0}
          onClick={() => void send()}
        >
          {t(note ? 'desk.talk.save_note' : 'desk.talk.send')}
        </Button>
      </div>
    </section>
  );
}
