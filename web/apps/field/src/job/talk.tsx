// The ticket's conversation: what customer and desk wrote, and a line back to either.
import { isMissing, useTimeline } from '@hougu/api/queries';
import { useSession } from '@hougu/api/session';
import type { FileRef, RecordData, TimelineItem } from '@hougu/api/types';
import { Pictures } from '@hougu/forms/pictures';
import { useText } from '@hougu/i18n';
import { RelativeTime } from '@hougu/ui';
import { Alert, Button, Input, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { busyLook } from '../app/busy';
import { useOutboxState } from '../outbox/provider';
import type { Job } from './types';
import { useStep } from './use_step';

type Kind = 'reply' | 'note';
const draftPlace = (person: string, job: Job, kind: Kind) =>
  `hougu.field.${kind}.${person}.${job.id}`;

const text = (record: RecordData, field: string) => {
  const value = record[field];
  return typeof value === 'string' ? value : '';
};

function Message({ item }: { item: TimelineItem }): ReactNode {
  const { t } = useText();
  const { message } = item;
  if (!message) return null;
  const kind = text(message, 'kind');
  const customer = text(message, 'author_kind') === 'customer';
  const files = (message.attachments ?? []) as FileRef[];
  const pictures = files.filter((file) => file.thumbnail_url);
  return (
    <li className="message" data-kind={kind} data-customer={customer ? '' : undefined}>
      <p className="message-who">
        <strong>{text(message, 'author_name')}</strong>
        {kind === 'note' && <span className="note-mark">{t('field.talk.note')}</span>}
        {customer && <span className="note-mark">{t('field.talk.customer')}</span>}
        <RelativeTime at={item.at} />
      </p>
      <p className="pre">{text(message, 'body')}</p>
      <Pictures files={pictures} size={72} />
    </li>
  );
}

function stored(person: string, job: Job, kind: Kind): string {
  try {
    return localStorage.getItem(draftPlace(person, job, kind)) ?? '';
  } catch {
    return '';
  }
}

function useWords(job: Job, kind: Kind) {
  const person = useSession().info.user.id;
  const [words, setWords] = useState<Record<Kind, string>>(() => ({
    reply: stored(person, job, 'reply'),
    note: stored(person, job, 'note'),
  }));
  const change = (next: string) => {
    setWords((all) => ({ ...all, [kind]: next }));
    try {
      if (next) localStorage.setItem(draftPlace(person, job, kind), next);
      else localStorage.removeItem(draftPlace(person, job, kind));
    } catch {
      // kept on the page at least
    }
  };
  return [words[kind], change] as const;
}

function Composer({ job }: { job: Job }): ReactNode {
  const { t } = useText();
  const step = useStep();
  const [kind, setKind] = useState<Kind>('note');
  const [words, setWords] = useWords(job, kind);
  const ticket = job.ticket.id;
  const send = async () => {
    const body = words.trim();
    if (!body) return;
    const done = await step.run({
      kind,
      visit: job.id,
      title: body.slice(0, 60),
      path: `/ticket/${ticket}/message`,
      body: { kind, body },
      files: [],
    });
    if (done) setWords('');
  };
  return (
    <div className="composer">
      <Segmented<Kind>
        block
        aria-label={t('field.talk.to')}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'note', label: t('field.talk.to_desk') },
          { value: 'reply', label: t('field.talk.to_customer') },
        ]}
      />
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={5000}
        aria-label={kind === 'note' ? t('field.talk.to_desk') : t('field.talk.to_customer')}
        placeholder={kind === 'note' ? t('field.talk.note_example') : t('field.talk.reply_example')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {step.problem && <Alert type="error" role="alert" showIcon title={step.problem} />}
      <Button
        block
        className="tall"
        loading={busyLook(step.busy)}
        disabled={words.trim() === ''}
        onClick={send}
      >
        {t('field.talk.send')}
      </Button>
    </div>
  );
}

export function Talk({ job }: { job: Job }): ReactNode {
  const { t } = useText();
  const timeline = useTimeline(job.ticket.id);
  const { deeds } = useOutboxState();
  const unsent = deeds.filter(
    ({ visit, kind }) => visit === job.id && (kind === 'reply' || kind === 'note'),
  );
  const said = (timeline.data ?? []).filter(
    ({ kind, message }) => kind === 'message' && message && text(message, 'kind') !== 'system',
  );
  // a ticket that went to another team is no longer this engineer's to read
  if (isMissing(timeline.error)) return null;
  return (
    <section className="panel" aria-labelledby="job-talk">
      <h2 id="job-talk">{t('field.talk.title')}</h2>
      {said.length + unsent.length === 0 && !timeline.isPending && (
        <p className="soft">{timeline.data ? t('field.talk.nothing') : t('field.offline.talk')}</p>
      )}
      <ol className="messages">
        {said.map((item, index) => (
          <Message key={item.message?.id ?? index} item={item} />
        ))}
        {unsent.map((deed) => (
          <li key={deed.key} className="message" data-unsent="">
            <p className="message-who">
              <span className="note-mark">{t('field.unsent.one')}</span>
            </p>
            <p className="pre">{String(deed.body.body ?? '')}</p>
          </li>
        ))}
      </ol>
      <Composer job={job} />
    </section>
  );
}
