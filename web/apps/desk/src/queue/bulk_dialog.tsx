// Assigns or closes many tickets, one request each: how far it is, which were refused and why, and
// another try for those.
import { post } from '@hougu/api/client';
import type { RecordData, Ref } from '@hougu/api/types';
import { LookupPicker } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Progress } from 'antd';
import { type ReactNode, useId, useRef, useState } from 'react';
import { ownersOf } from '../ticket/use_verb';
import { type Outcome, runMany } from './run_many';

export type BulkKind = 'assign' | 'close';

interface BulkDialogProps {
  kind: BulkKind;
  tickets: RecordData[];
  onClose: () => void;
  /** Those that are still to be done stay selected. */
  onSelected: (ids: string[]) => void;
}

export function BulkDialog(props: BulkDialogProps): ReactNode {
  const { kind, onClose, onSelected } = props;
  const { t } = useText();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const prefix = useId();
  // The list below goes on while this is open: what is done may leave it.
  const [tickets] = useState(props.tickets);
  const [team, setTeam] = useState<Ref | null>(null);
  const [assignee, setAssignee] = useState<Ref | null>(null);
  const [words, setWords] = useState('');
  const [running, setRunning] = useState<{ finished: number; total: number } | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const stop = useRef(new AbortController());
  const ready = kind === 'assign' ? team !== null || assignee !== null : words.trim() !== '';
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const again = outcome ? [...outcome.failed.map((one) => one.id), ...outcome.left] : [];

  const act = (id: string) => {
    const said = words.trim();
    if (kind === 'assign') {
      const body = { team: team?.id, assignee: assignee?.id, reason: said || undefined };
      return post(`/ticket/${id}/assign`, body);
    }
    const resolved = byId.get(id)?.status === 'resolved';
    return post(`/ticket/${id}/close`, resolved ? { note: said } : { resolution: said });
  };
  const takeBack = async (done: string[]) => {
    const { failed } = await runMany(done, (id) =>
      kind === 'close'
        ? post(`/ticket/${id}/reopen`, { reason: t('desk.undo.reason') })
        : post(`/ticket/${id}/assign`, ownersOf(byId.get(id))),
    );
    await queries.invalidateQueries({ queryKey: ['records', 'ticket'] });
    if (failed.length === 0) return;
    const numbers = failed.map(({ id }) => String(byId.get(id)?.number));
    throw new Error(t('desk.bulk.undo_failed', { numbers: numbers.join(', ') }));
  };
  const run = async (ids: string[]) => {
    stop.current = new AbortController();
    setOutcome(null);
    setRunning({ finished: 0, total: ids.length });
    const progress = (finished: number) => setRunning({ finished, total: ids.length });
    const result = await runMany(ids, act, progress, stop.current.signal);
    setRunning(null);
    setOutcome(result);
    void queries.invalidateQueries({ queryKey: ['records', 'ticket'] });
    for (const id of result.done)
      void queries.invalidateQueries({ queryKey: ['record', 'ticket', id] });
    if (result.done.length > 0) {
      const text = t(`desk.bulk.done_${kind}`, { count: result.done.length });
      toast({ text, undo: () => takeBack(result.done) });
    }
    const open = [...result.failed.map((one) => one.id), ...result.left];
    if (open.length === 0) onClose();
    onSelected(open);
  };

  return (
    <Modal
      open
      title={t(`desk.bulk.title_${kind}`, { count: tickets.length })}
      okText={
        again.length > 0 ? t('desk.bulk.again', { count: again.length }) : t(`desk.verb.${kind}`)
      }
      okButtonProps={{ disabled: !ready }}
      cancelText={
        running ? t('desk.bulk.stop') : t(outcome ? 'desk.bulk.leave' : 'ui.action.cancel')
      }
      confirmLoading={running !== null}
      closable={running === null}
      keyboard={running === null}
      mask={{ closable: running === null }}
      onOk={() => void run(outcome ? again : tickets.map((ticket) => ticket.id))}
      onCancel={() => (running ? stop.current.abort() : onClose())}
    >
      <Form layout="vertical" disabled={running !== null}>
        {kind === 'assign' && (
          <>
            <Form.Item label={t('desk.field.team')} htmlFor={`${prefix}-team`}>
              <LookupPicker
                id={`${prefix}-team`}
                entity="team"
                autoFocus
                value={team}
                onChange={setTeam}
              />
            </Form.Item>
            <Form.Item label={t('desk.field.assignee')} htmlFor={`${prefix}-assignee`}>
              <LookupPicker
                id={`${prefix}-assignee`}
                entity="user"
                team={team}
                value={assignee}
                onChange={setAssignee}
              />
            </Form.Item>
          </>
        )}
        <Form.Item
          label={t(kind === 'assign' ? 'desk.field.reason' : 'desk.field.resolution')}
          htmlFor={`${prefix}-words`}
        >
          <Input.TextArea
            id={`${prefix}-words`}
            rows={3}
            autoFocus={kind === 'close'}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </Form.Item>
      </Form>
      {running && (
        <Progress
          percent={Math.round((running.finished / running.total) * 100)}
          format={() => `${running.finished} / ${running.total}`}
          aria-label={t('desk.bulk.progress')}
        />
      )}
      {outcome && again.length > 0 && (
        <Alert
          type="warning"
          role="alert"
          showIcon
          title={t('desk.bulk.some_failed', { done: outcome.done.length, failed: again.length })}
          description={
            <ul className="desk-failures">
              {outcome.failed.map(({ id, problem }) => (
                <li key={id}>
                  <strong>{String(byId.get(id)?.number)}</strong> {problem}
                </li>
              ))}
              {outcome.left.length > 0 && (
                <li>{t('desk.bulk.not_begun', { count: outcome.left.length })}</li>
              )}
            </ul>
          }
        />
      )}
    </Modal>
  );
}
