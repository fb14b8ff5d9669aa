// A ticket from report to rating: verbs, states, events, visits, merging, the customer's side.
import { ok, strictEqual } from 'node:assert';

const report = (values = {}) => ({ subject: '空调不制冷', description: '吹常温风', contact_phone: '13800138000', new_customer: { name: '李雷' }, ...values });
const anonymous = (world, path, body) => world.send(body ? 'POST' : 'GET', `/api/v1/portal${path}`,
  { 'Content-Type': 'application/json', 'Accept-Language': 'en' }, body ? JSON.stringify(body) : undefined);
const parsed = (answer) => JSON.parse(answer.text);

export default function tickets(scenario) {
  scenario.test('a report becomes a numbered ticket with its customer', async ({ admin }) => {
    const first = await admin.post('/ticket', report(), {
      body: { number: /^SD\d{8}-\d{4}$/, status: 'new', priority: 'normal', due_at: /Z$/, customer: { title: '李雷' } },
      events: ['customer.created', 'ticket.created'] });
    const again = await admin.post('/ticket', report({ subject: '又坏了' }), { events: ['ticket.created'] });
    strictEqual(again.customer.id, first.customer.id);
    await admin.post('/ticket', report({ status: 'closed' }), { status: 422, code: 'field.managed' });
    await admin.post('/ticket', { description: 'x' }, { body: { subject: 'x' }, events: ['ticket.created'] });
  });

  scenario.test('the states are walked in order and refusals leave nothing', async ({ admin }) => {
    const { id } = await admin.post('/ticket', report(), { events: ['ticket.created'] });
    const verb = (name, body, expected) => admin.post(`/ticket/${id}/${name}`, body, { status: 200, ...expected });
    const refuse = (name, body = {}) => verb(name, body, { status: 409, code: 'ticket.illegal_transition' });
    await refuse('resume');
    await refuse('resolve', { resolution: 'x' });
    await verb('triage', { priority: 'high' }, { body: { status: 'open', priority: 'high' }, events: ['ticket.triaged'] });
    await refuse('triage');
    await verb('pause', { pause_reason: 'waiting_parts' }, { body: { status: 'paused', paused_from: 'open' }, events: ['ticket.paused'] });
    await verb('resume', {}, { body: { status: 'open', pause_reason: null }, events: ['ticket.resumed'] });
    await verb('assign', {}, { status: 422, code: 'ticket.assign_to_whom' });
    await verb('close', {}, { status: 422, code: 'ticket.close_needs_resolution' });
    await verb('resolve', { resolution: '已修好' }, { body: { status: 'resolved', resolved_at: /Z$/ }, events: ['ticket.resolved'] });
    await verb('close', {}, { body: { status: 'closed', closed_at: /Z$/ }, events: ['ticket.closed'] });
    await verb('reopen', {}, { status: 422, code: 'field.required' });
    await verb('reopen', { reason: '又坏了' }, { body: { status: 'open', closed_at: null }, events: ['ticket.reopened'] });
    await verb('cancel', { reason: '客户自行解决' }, { body: { status: 'cancelled' }, events: ['ticket.cancelled'] });
    await verb('dance', {}, { status: 404 });
    await verb('reopen', { reason: 'x', nonsense: 1 }, { status: 422, code: 'field.unknown' });
  });

  scenario.test('a stale verb is refused', async ({ admin }) => {
    const { id } = await admin.post('/ticket', report(), { events: ['ticket.created'] });
    await admin.post(`/ticket/${id}/triage`, {}, { status: 200, events: ['ticket.triaged'] });
    await admin.post(`/ticket/${id}/resolve`, { resolution: 'x', version: 1 }, { status: 409, events: [] });
    await admin.get(`/ticket/${id}`, { body: { status: 'open', version: 2 } });
  });

  scenario.test('tickets are merged, split and linked', async ({ admin }) => {
    const one = await admin.post('/ticket', report(), { events: ['ticket.created'] });
    const two = await admin.post('/ticket', report(), { events: ['ticket.created'] });
    await admin.post(`/ticket/${one.id}/merge`, { into: one.id }, { status: 422, code: 'ticket.merge_into_itself' });
    await admin.post(`/ticket/${one.id}/link`, { ticket: two.id }, { status: 200, body: { related: [{ id: two.id }] }, events: 'any' });
    await admin.get(`/ticket/${two.id}`, { body: { related: [{ id: one.id }] } });
    await admin.post(`/ticket/${one.id}/message`, { kind: 'note', body: '同一个问题' }, { status: 201, events: ['ticket_message.created'] });
    await admin.post(`/ticket/${one.id}/merge`, { into: two.id }, { status: 200, body: { status: 'closed', merged_into: { id: two.id } }, events: 'any' });
    const { items } = await admin.get(`/ticket/${two.id}/timeline`);
    ok(items.some((item) => item.kind === 'message' && item.message.body === '同一个问题'));
    const part = await admin.post(`/ticket/${two.id}/split`, { subject: '另一个问题' }, { status: 201, events: 'any' });
    strictEqual(part.split_from.id, two.id);
  });

  scenario.test('a visit moves its ticket and ends it', async (world) => {
    const { admin } = world;
    const engineer = await world.person(['engineer']);
    const me = await engineer.get('/session');
    const ticket = await admin.post('/ticket', report(), { events: ['ticket.created'] });
    const visit = await admin.post('/visit', { ticket: ticket.id, window_start: '2026-11-23T01:00:00Z', window_end: '2026-11-23T03:00:00Z', engineer: me.user.id },
      { body: { status: 'assigned' }, events: ['visit.created', 'ticket.visit_planned'] });
    const verb = (who, name, body, expected) => who.post(`/visit/${visit.id}/${name}`, body, { status: 200, ...expected });
    await verb(engineer, 'arrive', {}, { status: 409, code: 'visit.illegal_transition' });
    await verb(engineer, 'accept', {}, { body: { status: 'accepted' }, events: ['visit.accepted'] });
    await verb(engineer, 'start_travel', {}, { body: { status: 'travelling' }, events: ['visit.travel_started', 'ticket.started'] });
    await verb(engineer, 'arrive', { position: { lat: 31.2, lng: 121.5, datum: 'wgs84' } }, { body: { status: 'arrived', arrived_position: { datum: 'wgs84' } }, events: ['visit.arrived'] });
    await verb(engineer, 'complete', { fault_cause: '', action_taken: 'x', labour_minutes: 5 }, { status: 422, code: 'field.required' });
    await verb(engineer, 'complete', { fault_cause: '泄漏', action_taken: '补充制冷剂', labour_minutes: 50 }, { body: { status: 'completed' }, events: ['visit.completed', 'ticket.resolved'] });
    await admin.get(`/ticket/${ticket.id}`, { body: { status: 'resolved', resolution: '补充制冷剂' } });
    const stranger = await world.person(['engineer']);
    await stranger.get(`/visit/${visit.id}`, { status: 404 });
    await stranger.post(`/visit/${visit.id}/cancel`, { reason: 'x' }, { status: 404 });
  });

  scenario.test('the customer follows, talks and rates by the link alone', async (world) => {
    const { admin } = world;
    const made = await anonymous(world, '/report', { description: '洗衣机漏水', contact_name: '韩梅', contact_phone: '13900139000' });
    strictEqual(made.status, 201);
    await world.forgetEvents();
    const { number, track_url } = parsed(made);
    const page = parsed(await anonymous(world, track_url));
    strictEqual(page.number, number);
    strictEqual(page.can_rate, false);
    const other = parsed(await anonymous(world, '/report', { description: '另一位', contact_name: '另一位', contact_phone: '13700137000' }));
    const forged = track_url.slice(0, -22) + other.track_url.slice(-22);
    strictEqual((await anonymous(world, forged)).status, 404);
    strictEqual((await anonymous(world, '/find', { number, phone: '13900139001' })).status, 404);
    strictEqual(parsed(await anonymous(world, '/find', { number, phone: '139 0013 9000' })).track_url, track_url);
    await world.forgetEvents();

    const { records } = await admin.get(`/ticket?search=${number}`);
    const { id } = records[0];
    await admin.post(`/ticket/${id}/message`, { kind: 'note', body: '内部的话' }, { status: 201, events: ['ticket_message.created'] });
    await admin.post(`/ticket/${id}/message`, { kind: 'reply', body: '马上安排' }, { status: 201, events: 'any' });
    const told = parsed(await anonymous(world, track_url)).timeline.map((item) => item.text);
    ok(told.includes('马上安排'));
    ok(!told.includes('内部的话'));
    strictEqual((await anonymous(world, `${track_url}/rating`, { overall: 5 })).status, 409);
    strictEqual((await anonymous(world, `${track_url}/message`, { body: '好的' })).status, 200);
    await world.forgetEvents();
    await admin.post(`/ticket/${id}/close`, { resolution: '电话解决' }, { status: 200, events: ['ticket.closed'] });
    const rated = parsed(await anonymous(world, `${track_url}/rating`, { overall: 5, attitude: 4, comment: '满意' }));
    strictEqual(rated.rating.overall, 5);
    strictEqual((await anonymous(world, `${track_url}/rating`, { overall: 1 })).status, 409);
    await world.forgetEvents();
  });

  scenario.test('a cancelled ticket stands at no step; the customer reads his own reason, not that of staff', async (world) => {
    const { admin } = world;
    const report = async () => parsed(await anonymous(world, '/report', { description: '又好了', contact_name: '韩梅', contact_phone: '13900139000' }));
    const [own, ours] = [await report(), await report()];
    await world.forgetEvents();
    strictEqual((await anonymous(world, `${own.track_url}/cancel`, { reason: '已经好了' })).status, 200);
    await world.forgetEvents();
    const { records } = await admin.get(`/ticket?search=${ours.number}`);
    await admin.post(`/ticket/${records[0].id}/cancel`, { reason: '恶意报修' }, { status: 200, events: 'any' });
    for (const [link, reason] of [[own.track_url, '已经好了'], [ours.track_url, null]]) {
      const page = parsed(await anonymous(world, link));
      strictEqual(page.status, 'cancelled');
      strictEqual(page.cancelled.reason, reason);
      ok(page.cancelled.at);
      ok(page.steps.every((step) => !step.current && step.done === (step.key === 'reported')), JSON.stringify(page.steps));
      ok(!JSON.stringify(page).includes('恶意报修'));
    }
    await world.forgetEvents();
  });

  scenario.test('an agent finds who is calling', async ({ admin }) => {
    const found = await admin.get('/customer/find?phone=13800138000');
    strictEqual(found.customers[0].name, '李雷');
    ok(found.customers[0].open_tickets.length > 0);
    await admin.get('/customer/find?serial=NOSUCH', { body: { customers: [], assets: [] } });
  });
}
