import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Step, Tracked } from '../api/portal';
import { loadText } from '../text/load';
import { TextProvider } from '../text/text';
import { Story } from './story';

const step = (key: Step['key'], done: boolean, current: boolean): Step => ({
  key,
  text: key,
  at: done ? '2026-11-22T02:00:00Z' : null,
  done,
  current,
});
const steps = [
  step('reported', true, false),
  step('accepted', true, true),
  step('assigned', false, false),
];

async function show(ticket: Partial<Tracked>) {
  render(
    <TextProvider text={await loadText('zh-CN')} onLocale={() => undefined}>
      <Story ticket={{ timeline: [], steps, ...ticket } as unknown as Tracked} />
    </TextProvider>,
  );
  return screen.getAllByRole('listitem');
}
const current = (rows: HTMLElement[]) =>
  rows.filter((row) => row.getAttribute('aria-current') === 'step');

it('shows where a ticket stands and what is still to come', async () => {
  const rows = await show({ status: 'open' });
  expect(rows).toHaveLength(3);
  expect(current(rows)).toEqual([rows[1]]);
});

it('ends the story of a cancelled ticket with the cancelling and its reason', async () => {
  const rows = await show({
    status: 'cancelled',
    cancelled: { at: '2026-11-22T03:00:00Z', reason: '已经好了' },
  });
  expect(rows).toHaveLength(3);
  const last = rows[2] as HTMLElement;
  expect(current(rows)).toEqual([last]);
  expect(within(last).getByText('服务单已取消')).toBeTruthy();
  expect(within(last).getByText('取消原因:已经好了')).toBeTruthy();
  expect(screen.queryByText('assigned')).toBeNull();
});
