import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntityDefinition, RecordData } from '@hougu/api/types';
import { startI18n } from '@hougu/i18n';
import { Appearance } from '@hougu/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import dayjs from 'dayjs';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { phoneOf, readCaller } from './caller/caller';
import { BulkDialog } from './queue/bulk_dialog';
import { dueOf } from './queue/due';
import { neighbour } from './queue/queue_page';
import { runMany } from './queue/run_many';
import { Seen } from './queue/seen';
import { listQuery } from './queue/use_queue';
import { Property } from './records/property';
import { useSaveRecord } from './records/use_save_record';
import { mentionIn } from './ticket/composer';
import { eventText, worthShowing } from './ticket/event_text';
import { fillReply } from './ticket/quick_replies';
import { undoOf } from './ticket/use_verb';
import { VerbDialog } from './ticket/verb_dialog';
import { splitVerbs, verbParts } from './ticket/verbs';
import { windowOf } from './ticket/visit_dialog';

const root = join(import.meta.dirname, '../../../..');
const ticketEntity = {
  ...JSON.parse(readFileSync(join(root, 'packs/after_sales/ticket/entity.json'), 'utf8')),
  forms: [],
  views: [],
  grants: { create: true, read: 'all' },
  version: 1,
} as EntityDefinition;

const now = Date.UTC(2026, 10, 21, 8);
function ticket(values: Partial<RecordData> = {}): RecordData {
  return {
    id: 't1',
    version: 3,
    created_at: '2026-11-21T00:00:00.000Z',
    created_by: null,
    updated_at: '2026-11-21T00:00:00.000Z',
    updated_by: { id: 'other', title: 'Li Si' },
    number: 'SD20261121-0001',
    subject: 'No cooling',
    status: 'open',
    _can: ['update', 'assign', 'resolve', 'pause', 'message'],
    ...values,
  };
}

beforeAll(async () => {
  await startI18n(['desk', 'forms', 'ui', 'api'], 'en');
});
afterEach(() => vi.unstubAllGlobals());

describe('the chip of a row', () => {
  it('counts down, warns, and burns', () => {
    expect(dueOf(ticket({ due_at: '2026-11-22T08:00:00.000Z' }), now)).toEqual({
      kind: 'ok',
      seconds: 86_400,
    });
    expect(dueOf(ticket({ due_at: '2026-11-21T09:00:00.000Z' }), now)).toEqual({
      kind: 'soon',
      seconds: 3600,
    });
    expect(dueOf(ticket({ due_at: '2026-11-21T07:00:00.000Z' }), now)).toEqual({
      kind: 'late',
      seconds: 3600,
    });
  });

  it('rests when the work is done or has no limit', () => {
    expect(dueOf(ticket({ due_at: '2026-11-21T07:00:00.000Z', status: 'closed' }), now).kind).toBe(
      'none',
    );
    expect(dueOf(ticket(), now).kind).toBe('none');
  });
});

describe('the unread dot', () => {
  it('stands by what others changed since I looked', () => {
    const seen = new Seen();
    expect(seen.unread(ticket({ status: 'new' }), 'me')).toBe(true);
    expect(seen.unread(ticket(), 'me')).toBe(false);
    seen.mark('t1', 3);
    expect(seen.unread(ticket(), 'me')).toBe(false);
    expect(seen.unread(ticket({ version: 4 }), 'me')).toBe(true);
    expect(seen.unread(ticket({ version: 4, updated_by: { id: 'me', title: 'Me' } }), 'me')).toBe(
      false,
    );
  });
});

describe('a list', () => {
  const view = {
    name: 'mine',
    label: {},
    columns: [],
    where: null,
    sort: ['-created_at', 'number'],
  };
  it('asks for its view and what was asked on top', () => {
    expect(listQuery(view, { search: '', where: null, expression: '', sort: '' })).toEqual({
      view: 'mine',
      sort: '-created_at,number',
    });
    const where = { field: 'status', op: 'eq' as const, value: 'new' };
    expect(listQuery(view, { search: 'x', where, expression: '', sort: 'due_at' })).toEqual({
      view: 'mine',
      search: 'x',
      where,
      sort: 'due_at',
    });
  });

  it('goes on where a ticket that was dealt with stood', () => {
    expect(neighbour(3, 3, 1, 10)).toBe(4);
    expect(neighbour(9, 9, 1, 10)).toBe(9);
    expect(neighbour(-1, 3, 1, 9)).toBe(3);
    expect(neighbour(-1, 3, -1, 9)).toBe(2);
    expect(neighbour(-1, 9, 1, 9)).toBe(8);
  });

  it('does one thing to many and tells which failed', async () => {
    let running = 0;
    let most = 0;
    const outcome = await runMany(['a', 'b', 'c', 'd', 'e', 'f'], async (id) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (id === 'c') throw new Error('x');
    });
    expect(outcome.done).toHaveLength(5);
    expect(outcome.failed.map((one) => one.id)).toEqual(['c']);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('stops when told, and says what was not begun', async () => {
    const stop = new AbortController();
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const outcome = await runMany(ids, async () => stop.abort(), undefined, stop.signal);
    expect(outcome.done).toEqual(['a', 'b', 'c', 'd'].slice(0, outcome.done.length));
    expect([...outcome.done, ...outcome.left]).toEqual(ids);
    expect(outcome.left.length).toBeGreaterThan(0);
  });

  it('tells which tickets were refused and why, and tries those again', async () => {
    const sent: string[] = [];
    let refuse = true;
    vi.stubGlobal(
      'fetch',
      vi.fn(async (url: string) => {
        sent.push(String(url));
        const bad = refuse && String(url).includes('/ticket/t2/');
        return new Response(JSON.stringify(bad ? { code: 'x', message: 'Already closed.' } : {}), {
          status: bad ? 409 : 200,
        });
      }),
    );
    const selected = vi.fn();
    const closed = vi.fn();
    const user = userEvent.setup();
    render(
      <QueryClientProvider client={new QueryClient()}>
        <Appearance>
          <BulkDialog
            kind="close"
            tickets={[ticket(), ticket({ id: 't2', number: 'SD20261121-0002' })]}
            onClose={closed}
            onSelected={selected}
          />
        </Appearance>
      </QueryClientProvider>,
    );
    await user.type(screen.getByLabelText('Resolution'), 'Reset by phone');
    await user.click(screen.getByText('Close'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('SD20261121-0002');
    expect(alert.textContent).toContain('Already closed.');
    expect(selected).toHaveBeenLastCalledWith(['t2']);
    refuse = false;
    sent.length = 0;
    await user.click(screen.getByText('Try 1 again'));
    await waitFor(() => expect(closed).toHaveBeenCalled());
    expect(sent).toEqual(['/api/v1/ticket/t2/close']);
  });
});

describe('what a caller says', () => {
  it.each([
    ['138 1234 5678', { q: '138 1234 5678', phone: '13812345678' }],
    ['KFR35-2024A0017', { q: 'KFR35-2024A0017', serial: 'KFR35-2024A0017' }],
    ['12345678', { q: '12345678', phone: '12345678', serial: '12345678' }],
    ['张三', { q: '张三' }],
    ['1', null],
  ])('%s is understood', (typed, expected) => {
    expect(readCaller(typed)).toEqual(expected);
  });

  it('becomes the new customer’s phone only when it is one', () => {
    expect(phoneOf('138-1234-5678')).toBe('13812345678');
    expect(phoneOf('12345678')).toBeNull();
  });
});

describe('verbs', () => {
  it('are offered as the server allows and the state suggests', () => {
    expect(splitVerbs(ticket())).toEqual({ first: ['assign', 'resolve'], more: ['pause'] });
    expect(splitVerbs(ticket({ _can: [] }))).toEqual({ first: [], more: [] });
  });

  it('ask for a resolution only when closing what is not resolved', () => {
    expect(verbParts('close', ticket()).map((part) => part.name)).toEqual(['resolution']);
    expect(verbParts('close', ticket({ status: 'resolved' })).map((part) => part.name)).toEqual([
      'note',
    ]);
  });

  it('can be taken back where another verb does it', () => {
    const before = ticket({ assignee: { id: 'u1', title: 'Wang' }, team: null });
    expect(undoOf('assign', before, 'oops', {})?.body).toEqual({ team: null, assignee: 'u1' });
    expect(undoOf('assign', ticket(), 'oops', {})?.body).toEqual({ team: null, assignee: null });
    expect(undoOf('close', before, 'oops', {})).toEqual({
      verb: 'reopen',
      body: { reason: 'oops' },
    });
    expect(undoOf('merge', before, 'oops', {})).toBeNull();
  });

  it('plan a window on one day', () => {
    const day = dayjs('2026-11-23');
    const hours = windowOf({ day, times: [dayjs('2020-01-01T09:30'), dayjs('2020-01-01T12:00')] });
    expect(dayjs(hours?.window_start).format('YYYY-MM-DD HH:mm')).toBe('2026-11-23 09:30');
    expect(dayjs(hours?.window_end).format('YYYY-MM-DD HH:mm')).toBe('2026-11-23 12:00');
    expect(windowOf({ day, times: null })).toBeNull();
  });
});

describe('words', () => {
  it('tell an event as a colleague would', () => {
    const actor = { kind: 'user' as const, id: 'u', name: 'Wang' };
    const changes = [{ field: 'assignee', old: null, new: { id: 'e', title: 'Zhao' } }];
    expect(eventText({ type: 'ticket.assigned', changes, actor, reason: null }, ticketEntity)).toBe(
      'assigned it to Zhao',
    );
    const updated = [{ field: 'priority', old: 'normal', new: 'high' }];
    expect(
      eventText({ type: 'ticket.updated', changes: updated, actor, reason: null }, ticketEntity),
    ).toBe('changed Priority');
    expect(worthShowing({ kind: 'event', at: '', type: 'ticket.messaged' })).toBe(false);
  });

  it('know whom a note is about to mention', () => {
    expect(mentionIn('ask @Wa', 7)).toBe('Wa');
    expect(mentionIn('ask @Wa now', 7)).toBe('Wa');
    expect(mentionIn('ask @Wa now', 11)).toBe('');
    expect(mentionIn('a@b.example ', undefined)).toBe('');
  });

  it('fill in a quick reply', () => {
    const one = ticket({ contact_name: 'Chen', service_type: 'installation' });
    expect(
      fillReply('Hi {contact}, {number} ({service}) {unknown} {me}', ticketEntity, one, 'Wang'),
    ).toBe('Hi Chen, SD20261121-0001 (Installation) {unknown} Wang');
  });
});

describe('a dialog over a ticket that somebody else changes', () => {
  it('says what has changed and offers it', async () => {
    const queries = new QueryClient();
    const page = (values: Partial<RecordData>) => (
      <QueryClientProvider client={queries}>
        <Appearance>
          <MemoryRouter>
            <VerbDialog
              entity={ticketEntity}
              ticket={ticket({ priority: 'normal', ...values })}
              verb="triage"
              onClose={() => {}}
            />
          </MemoryRouter>
        </Appearance>
      </QueryClientProvider>
    );
    const user = userEvent.setup();
    const { rerender } = render(page({}));
    // A message of the customer raises the version too; it is no news for this dialog.
    rerender(page({ version: 4 }));
    expect(screen.queryByRole('alert')).toBeNull();
    rerender(page({ version: 5, priority: 'urgent' }));
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('Priority: Urgent');
    await user.click(screen.getByRole('button', { name: 'Use these' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('two people who edit the same field', () => {
  // What the other saved arrives live, while this person still types.
  function Page({ version }: { version: number }) {
    const { save, dialog } = useSaveRecord(ticketEntity);
    const field = ticketEntity.fields.find((one) => one.name === 'subject');
    return (
      <>
        <dl>
          {field && (
            <Property
              entity={ticketEntity}
              record={ticket({ version })}
              field={field}
              save={save}
            />
          )}
        </dl>
        {dialog}
      </>
    );
  }

  async function edit(choice: RegExp): Promise<unknown[]> {
    const sent: unknown[] = [];
    const current = ticket({ version: 5, subject: 'Theirs' });
    vi.stubGlobal(
      'fetch',
      vi.fn(async (_url: string, init: RequestInit) => {
        const body = JSON.parse(String(init.body));
        sent.push(body);
        if (body.version === 5)
          return new Response(JSON.stringify({ ...current, ...body, version: 6 }));
        const conflicts = [
          { field: 'subject', yours: body.subject, theirs: 'Theirs', base: 'No cooling' },
        ];
        const details = { version: 5, conflicts, record: current };
        return new Response(JSON.stringify({ code: 'record.stale', message: 'x', details }), {
          status: 409,
        });
      }),
    );
    const user = userEvent.setup();
    const queries = new QueryClient();
    const page = (version: number) => (
      <QueryClientProvider client={queries}>
        <Appearance>
          <MemoryRouter>
            <Page version={version} />
          </MemoryRouter>
        </Appearance>
      </QueryClientProvider>
    );
    const { rerender } = render(page(3));
    await user.click(screen.getByRole('button', { name: 'Edit Subject' }));
    const input = screen.getByLabelText('Subject');
    await user.clear(input);
    rerender(page(5));
    await user.type(input, 'Mine{Enter}');
    await screen.findByText(/Li Si changed these values/);
    expect(screen.getByText('Theirs')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: choice }));
    await user.click(screen.getByRole('button', { name: 'Save my choice' }));
    await waitFor(() => expect(screen.queryByLabelText('Subject')).toBeNull());
    return sent;
  }

  it('see both values and keep their own', async () => {
    expect(await edit(/Yours/)).toEqual([
      { version: 3, subject: 'Mine' },
      { version: 5, subject: 'Mine' },
    ]);
  });

  it('see both values and take the other', async () => {
    expect(await edit(/Now/)).toEqual([{ version: 3, subject: 'Mine' }]);
  });
});
