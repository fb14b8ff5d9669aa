import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiError } from '@hougu/api/client';
import { type EntityDefinition, type Field, fieldTypes } from '@hougu/api/types';
import { startI18n } from '@hougu/i18n';
import { Appearance } from '@hougu/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleanHtml, htmlText } from './clean_html';
import { conditionText, fieldPaths, toCondition, toGroup } from './conditions';
import { kinds } from './kinds';
import { teamFirst } from './lookup_picker';
import { errorsOf, missing, pickForm, useRecordDraft } from './record_draft';
import { RecordForm } from './record_form';
import { sameValue, toInput } from './values';

const root = join(import.meta.dirname, '../../../..');

function packed(name: string): EntityDefinition {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(root, `packs/after_sales/${name}/${file}`), 'utf8'));
  let forms = [];
  try {
    forms = read('forms.json');
  } catch {
    // this entity has no forms of its own
  }
  return {
    ...read('entity.json'),
    forms,
    views: [],
    grants: { create: true, read: 'all' },
    version: 1,
  };
}

beforeAll(async () => {
  await startI18n(['forms', 'ui', 'api'], 'en');
});

describe('the list of field types', () => {
  it('is that of docs/schema.md', () => {
    const doc = readFileSync(join(root, 'docs/schema.md'), 'utf8');
    const table = doc.slice(
      doc.indexOf('| type | settings'),
      doc.indexOf('An empty string counts'),
    );
    const named = table
      .split('\n')
      .slice(2)
      .flatMap((line) =>
        [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1]),
      );
    expect([...fieldTypes].sort()).toEqual(named.sort());
    for (const [type, kind] of Object.entries(kinds())) expect(kind.type).toBe(type);
  });
});

describe('values', () => {
  const field = (type: Field['type'], rest: Partial<Field> = {}): Field => ({
    name: 'f',
    type,
    label: { en: 'F' },
    ...rest,
  });

  it('become what the API takes', () => {
    expect(toInput(field('relation'), { id: 'a', title: 'A' })).toBe('a');
    expect(toInput(field('relation_many'), [{ id: 'a', title: 'A' }])).toEqual(['a']);
    expect(
      toInput(field('image'), [{ id: 'p', name: 'p.jpg', type: 'image/jpeg', size: 1, url: '/p' }]),
    ).toEqual(['p']);
    expect(toInput(field('address'), { code: '310115', street: 'X', province: 'P' })).toEqual({
      code: '310115',
      street: 'X',
    });
    const rows = field('child_table', { fields: [field('relation')] });
    expect(toInput(rows, [{ id: 'r', f: { id: 'a', title: 'A' } }, { f: null }])).toEqual([
      { id: 'r', f: 'a' },
      { f: null },
    ]);
    expect(toInput(field('text'), '')).toBeNull();
  });

  it('are compared by what the API takes', () => {
    expect(sameValue(field('relation'), { id: 'a', title: 'old' }, { id: 'a', title: 'new' })).toBe(
      true,
    );
    expect(sameValue(field('text'), null, '')).toBe(true);
    expect(sameValue(field('number'), '1.0', '1.00')).toBe(false);
  });
});

describe('rich text', () => {
  it('keeps the allow-list and nothing else', () => {
    const dirty =
      '<div onclick="x()">a <strong style="color:red">b</strong><script>alert(1)</script></div>' +
      '<a href="javascript:alert(1)">c</a><a href="https://x.example" onmouseover="y()">d</a><img src=x onerror=z()>';
    const clean = cleanHtml(dirty);
    expect(clean).not.toMatch(/on\w+=|script|style|img|javascript/);
    expect(clean).toContain('<p>a <b>b</b></p>');
    expect(clean).toContain('href="https://x.example"');
    expect(htmlText('<p>one</p><p>two</p>')).toBe('one two');
  });
});

describe('conditions', () => {
  const ticket = packed('ticket');
  const entities = [ticket, packed('customer')];

  it('survive the editor', () => {
    const condition = {
      and: [
        { field: 'status', op: 'in' as const, value: ['new', 'open'] },
        {
          or: [
            { field: 'assignee', op: 'eq' as const, value: '$me' },
            { field: 'assignee', op: 'empty' as const },
          ],
        },
        {
          not: {
            and: [
              { field: 'customer.level', op: 'eq' as const, value: 'vip' },
              { field: 'tags', op: 'contains' as const, value: 'x' },
            ],
          },
        },
      ],
    };
    expect(toCondition(toGroup(condition))).toEqual(condition);
    expect(toCondition(toGroup(null))).toBeNull();
  });

  it('leave out lines without a value', () => {
    const group = toGroup({ field: 'status', op: 'in', value: [] });
    expect(toCondition(group)).toBeNull();
    expect(
      toCondition(toGroup({ field: 'due_at', op: 'between', value: ['$today', null] })),
    ).toBeNull();
  });

  it('read as sentences', () => {
    const words = conditionText(
      {
        and: [
          { field: 'status', op: 'in', value: ['new', 'open'] },
          { field: 'created_at', op: 'ge', value: '$today-7' },
        ],
      },
      ticket,
      entities,
    );
    expect(words).toBe('Status is one of New & Open and Created is at least 7 days ago');
  });

  it('reach one step over a relation', () => {
    const paths = fieldPaths(ticket, entities).map((one) => one.path);
    expect(paths).toContain('customer.level');
    expect(paths).toContain('created_at');
    expect(paths).not.toContain('asset.serial_number');
  });
});

describe('a form', () => {
  const ticket = packed('ticket');

  it('follows the service type', () => {
    expect(pickForm(ticket, { service_type: 'complaint' }).name).toBe('complaint');
    expect(pickForm(ticket, { service_type: 'unheard_of' }).name).toBe('default');
    expect(pickForm({ ...ticket, forms: [] }, {}).sections[0]?.fields).toContain('subject');
  });

  it('says what is missing, and what the server refused', () => {
    expect(missing(ticket, pickForm(ticket, {}), { subject: null })).toHaveProperty('subject');
    const half = missing(ticket, pickForm(ticket, {}), { address: { code: null, street: 'X' } });
    expect(half).toHaveProperty('address');
    const refused = new ApiError(422, {
      code: 'validation',
      message: 'x',
      details: {
        fields: [{ field: 'contact_phone', code: 'phone.invalid', message: 'not a number' }],
      },
    });
    expect(errorsOf(refused)).toEqual({ contact_phone: 'not a number' });
    expect(errorsOf(new Error('x'))).toBeNull();
  });

  it('labels every input and sends only what changed', async () => {
    const record = {
      id: '1',
      version: 3,
      created_at: '2026-11-21T00:00:00.000Z',
      created_by: null,
      updated_at: '2026-11-21T00:00:00.000Z',
      updated_by: null,
      service_type: 'consultation',
      subject: 'Old',
      priority: 'normal',
    };
    let payload: unknown = null;
    function Page() {
      const draft = useRecordDraft(ticket, record);
      return (
        <>
          <RecordForm entity={ticket} draft={draft} />
          <button
            type="button"
            onClick={() => {
              payload = draft.payload();
            }}
          >
            go
          </button>
        </>
      );
    }
    render(
      <QueryClientProvider client={new QueryClient()}>
        <Appearance>
          <MemoryRouter>
            <Page />
          </MemoryRouter>
        </Appearance>
      </QueryClientProvider>,
    );
    const subject = screen.getByLabelText(/Subject/);
    await userEvent.clear(subject);
    await userEvent.type(subject, 'New');
    await userEvent.click(screen.getByText('go'));
    expect(payload).toEqual({ subject: 'New' });
    expect(screen.getByLabelText(/Contact phone/)).toBeTruthy();
  });
});

describe('people to choose from', () => {
  const person = (value: string, hint: string, inTeam = false) => ({
    value,
    label: value,
    hint,
    inTeam,
  });
  it('come with those of the team first', () => {
    const all = [person('a', 'North', true), person('b', 'South'), person('c', 'West', true)];
    expect(teamFirst(all, 'North', 'Others')).toEqual([
      { label: 'North', options: [person('a', '', true), person('c', 'West', true)] },
      { label: 'Others', options: [all[1]] },
    ]);
    const strangers = all.slice(1, 2);
    expect(teamFirst(strangers, 'West', 'Others')).toEqual(strangers);
  });
});
