// What can be done with the selected tickets: assign, close, export.
import { apiUrl, post } from '@hougu/api/client';
import type { RecordData, Ref } from '@hougu/api/types';
import { LookupPicker } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Progress } from 'antd';
import { type ReactNode, useState } from 'react';
import { ownersOf } from '../ticket/use_verb';
import { type Outcome, runMany } from './run_many';

export interface BulkBarProps {
  /** The selected tickets, as far as they are loaded. */
  tickets: RecordData[];
  dialog: 'assign' | 'close' | null;
  onDialog: (dialog: 'assign' | 'close' | null) => void;
  onClear: () => void;
}

export function BulkBar({ tickets, dialog, onDialog, onClear }: BulkBarProps): ReactNode {
  const { t } = useText();
  const ids = tickets.map((ticket) => ticket.id);
  const where = { field: 'id', op: 'in', value: ids };
  return (
    <div className="desk-bulk" role="toolbar" aria-label={t('desk.bulk.title')}>
      <strong>{t('desk.bulk.selected', { count: tickets.length })}</strong>
      <Button size="small" onClick={() => onDialog('assign')}>
        {t('desk.verb.assign')}
      </Button>
      <Button size="small" onClick={() => onDialog('close')}>
        {t('desk.verb.close')}
      </Button>
      <Button size="small" href={apiUrl('/ticket/export', { format: 'xlsx', where })} download>
        {t('desk.export.short')}
      </Button>
      <Button size="small" type="text" onClick={onClear}>
        {t('desk.bulk.clear')}
      </Button>
      {dialog && (
        <BulkDialog
          key={dialog}
          kind={dialog}
          tickets={tickets}
          onClose={() => onDialog(null)}
          onDone={onClear}
        />
      )}
    </div>
  );
}

interface BulkDialogProps {
  kind: 'assign' | 'close';
  tickets: RecordData[];
  onClose: () => void;
  onDone: () => void;
}

const resolved = new Set(['resolved']);

function BulkDialog({ kind, tickets, onClose, onDone }: BulkDialogProps): ReactNode {
  const { t } = useText();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const [team, setTeam] = useState<Ref | null>(null);
  const [assignee, setAssignee] = useState<Ref | null>(null);
  const [words, setWords] = useState('');
  const [finished, setFinished] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const ready = kind === 'assign' ? team !== null || assignee !== null : words.trim() !== '';
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));

  const act = (id: string) => {
    if (kind === 'assign') {
      return post(`/ticket/${id}/assign`, {
        team: team?.id,
        assignee: assignee?.id,
        reason: words.trim() || undefined,
      });
    }
    const status = String(byId.get(id)?.status);
    return post(
      `/ticket/${id}/close`,
      resolved.has(status) ? { note: words.trim() } : { resolution: words.trim() },
    );
  };
  const takeBack = async (done: string[]) => {
    await runMany(done, (id) => {
      const before = byId.get(id);
      if (kind === 'close') return post(`/ticket/${id}/reopen`, { reason: t('desk.undo.reason') });
      return post(`/ticket/${id}/assign`, ownersOf(before));
    });
    await queries.invalidateQueries({ queryKey: ['records', 'ticket'] });
  };
  const run = async () => {
    setFinished(0);
    const result = await runMany(
      tickets.map((ticket) => ticket.id),
      act,
      setFinished,
    );
    setFinished(null);
    setOutcome(result);
    void queries.invalidateQueries({ queryKey: ['records', 'ticket'] });
    for (const id of result.done)
      void queries.invalidateQueries({ queryKey: ['record', 'ticket', id] });
    if (result.done.length > 0) {
      const text = t(`desk.bulk.done_${kind}`, { count: result.done.length });
      toast({ text, undo: () => takeBack(result.done) });
    }
    if (result.failed.length === 0) {
      onClose();
      onDone();
    }
  };

  return (
    <Modal
      open
      title={t(`desk.bulk.title_${kind}`, { count: tickets.length })}
      okText={t(`desk.verb.${kind}`)}
      okButtonProps={{ disabled: !ready || outcome !== null }}
      confirmLoading={finished !== null}
      onOk={() => void run()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        {kind === 'assign' && (
          <>
            <Form.Item label={t('desk.field.team')} htmlFor="bulk-team">
              <LookupPicker id="bulk-team" entity="team" value={team} onChange={setTeam} />
            </Form.Item>
            <Form.Item label={t('desk.field.assignee')} htmlFor="bulk-assignee">
              <LookupPicker
                id="bulk-assignee"
                entity="user"
                value={assignee}
                onChange={setAssignee}
              />
            </Form.Item>
          </>
        )}
        <Form.Item
          label={t(kind === 'assign' ? 'desk.field.reason' : 'desk.field.resolution')}
          htmlFor="bulk-words"
        >
          <Input.TextArea
            id="bulk-words"
            rows={3}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </Form.Item>
      </Form>
      {finished !== null && (
        <Progress
          percent={Math.round((finished / tickets.length) * 100)}
          aria-label={t('desk.bulk.progress')}
        />
      )}
      {outcome && outcome.failed.length > 0 && (
        <Alert
          type="warning"
          role="alert"
          showIcon
          title={t('desk.bulk.some_failed', {
            done: outcome.done.length,
            failed: outcome.failed.length,
          })}
          description={
            <ul className="desk-failures">
              {outcome.failed.map(({ id, problem }) => (
                <li key={id}>
                  {String(byId.get(id)?.number)}: {problem}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </Modal>
  );
}
