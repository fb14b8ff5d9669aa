// Records of any entity: create, read, list, change, conflict, recycle bin, bulk, rights.
import { ok, strictEqual } from 'node:assert';

const customer = (values = {}) => ({ name: '李雷', phone: '138 0013 8000', ...values });
const missing = '01900000-0000-7000-8000-000000000000';

export default function records(scenario) {
  scenario.test('a record is created, read, changed, deleted and restored', async ({ admin }) => {
    const made = await admin.post('/customer', customer(), {
      body: { version: 1, name: '李雷', phone: '13800138000', number: /./, created_by: { title: 'admin' }, email: null }, events: ['customer.created'] });
    await admin.get(`/customer/${made.id}`, { body: { id: made.id, _can: (can) => can.includes('update') && can.includes('delete') } });
    const changed = await admin.patch(`/customer/${made.id}`, { version: 1, note: 'x', email: 'li@example.com' }, { body: { version: 2, email: 'li@example.com' }, events: ['customer.updated'] });
    await admin.patch(`/customer/${made.id}`, { note: 'y' }, { status: 422, code: 'record.version_required' });
    await admin.patch(`/customer/${made.id}`, { overwrite: true, note: null }, { body: { version: 3, note: null }, events: ['customer.updated'] });
    await admin.get(`/customer/${made.id}/history`, { body: { events: [
      { type: 'customer.updated', changes: [{ field: 'note', old: 'x', new: null }] },
      { type: 'customer.updated', changes: (list) => list.length === 2 },
      { type: 'customer.created', actor: { kind: 'user', name: 'admin' } }], next: null } });
    await admin.delete(`/customer/${made.id}`, { events: ['customer.deleted'] });
    await admin.get(`/customer/${made.id}`, { status: 404 });
    await admin.get('/customer?deleted=true', { body: { records: (list) => list.some((one) => one.id === made.id) } });
    await admin.post(`/customer/${made.id}/restore`, {}, { status: 200, body: { id: made.id }, events: ['customer.restored'] });
    await admin.get(`/customer/${made.id}`, { body: { name: changed.name } });
  });

  scenario.test('a stale write is refused with both values; what does not overlap is merged', async (world) => {
    const { admin } = world;
    const other = await world.person(['manager']);
    const made = await admin.post('/customer', customer({ note: 'base' }), { events: ['customer.created'] });
    await other.patch(`/customer/${made.id}`, { version: 1, note: 'theirs' }, { events: ['customer.updated'] });
    await admin.patch(`/customer/${made.id}`, { version: 1, note: 'yours' }, {
      status: 409, code: 'record.stale',
      body: { details: { version: 2, conflicts: [{ field: 'note', yours: 'yours', theirs: 'theirs', base: 'base' }], record: { note: 'theirs' } } } });
    await admin.patch(`/customer/${made.id}`, { version: 1, email: 'a@example.com' }, { body: { note: 'theirs', email: 'a@example.com' }, events: ['customer.updated'] });
  });

  scenario.test('all faults of a form are told at once', async ({ admin }) => {
    await admin.post('/customer', { phone: 'abc', email: 'abc', level: 'imperial' }, {
      status: 422, code: 'validation',
      fields: { name: 'field.required', phone: 'field.phone', email: 'field.email', level: 'field.choice' },
      body: { details: { fields: (list) => list.every((one) => one.message.length > 3 && !one.message.includes('error.')) } } });
    await admin.post('/customer', customer({ nonsense: 1 }), { status: 422, fields: { nonsense: 'field.unknown' } });
    await admin.post('/customer', { ...customer(), number: 'C1' }, { status: 422 });
  });

  scenario.test('lists are filtered, sorted, searched and paged', async (world) => {
    const { admin } = world;
    for (let i = 0; i < 7; i++) {
      await admin.post('/customer', customer({ name: `Page ${i}`, phone: `1390000000${i}`, level: i % 2 ? 'vip' : 'standard' }), { events: ['customer.created'] });
    }
    const where = encodeURIComponent(JSON.stringify({ field: 'name', op: 'starts_with', value: 'Page' }));
    const seen = [];
    let after = '';
    do {
      const page = await admin.get(`/customer?where=${where}&sort=-name&limit=3&after=${after}`);
      seen.push(...page.records.map((one) => one.name));
      after = page.next;
    } while (after);
    strictEqual(seen.join(), 'Page 6,Page 5,Page 4,Page 3,Page 2,Page 1,Page 0');
    await admin.get(`/customer/count?where=${where}`, { body: { count: 7, exact: true } });
    await admin.get('/customer?search=0005', { body: { records: (list) => list.some((one) => one.name === 'Page 5') } });
    await admin.get('/customer/lookup?q=Page%203', { body: { items: [{ title: /Page 3/ }] } });
    const [slim] = (await admin.get(`/customer?where=${where}&fields=name&limit=1`)).records;
    ok('name' in slim && 'id' in slim && !('phone' in slim));
  });

  scenario.test('expressions filter lists, counts, files and views; a fault tells its place', async (world) => {
    const { admin } = world;
    for (let i = 0; i < 4; i++) {
      await admin.post('/customer', customer({ name: `Expr ${i}`, phone: `1370000000${i}`, level: i % 2 ? 'vip' : null }), { events: ['customer.created'] });
    }
    const query = (filter) => `filter=${encodeURIComponent(filter)}`;
    const names = async (filter) => (await admin.get(`/customer?${query(filter)}&sort=name`)).records.map((one) => one.name).join();
    strictEqual(await names('starts with(name, "Expr") and level = "vip"'), 'Expr 1,Expr 3');
    strictEqual(await names('starts with(name, "Expr") and not(level = "vip")'), 'Expr 0,Expr 2');
    strictEqual(await names('starts with(name, "Expr") and level in ("vip", null) and created_by.id = user.id and created_at > now() - duration("PT1H")'), 'Expr 0,Expr 1,Expr 2,Expr 3');
    await admin.get(`/customer/count?${query('starts with(name, "Expr")')}`, { body: { count: 4, exact: true } });
    const where = encodeURIComponent(JSON.stringify({ field: 'name', op: 'eq', value: 'Expr 2' }));
    await admin.get(`/customer?where=${where}&${query('level = null')}`, { body: { records: (list) => list.length === 1 } });
    const file = await admin.get(`/customer/export?format=csv&${query('name = "Expr 1"')}`);
    ok(file.text.includes('Expr 1') && !file.text.includes('Expr 2'));
    const refused = (filter, code, column) => admin.get(`/customer?${query(filter)}`, { status: 422, code, body: { details: { line: 1, column } } });
    await refused('name = ', 'feel.unexpected_end', 8);
    await refused('nmae = "x"', 'feel.unknown_name', 1);
    await refused('level = "vip" and upper case(name) = "X"', 'filter.case', 19);
    await refused('name = 3', 'filter.types', 6);
    await admin.get(`/customer?${query('name = "\'; DROP TABLE r_customer; --"')}`, { body: { records: [] } });
    const view = { name: 'expr', label: { 'zh-CN': '表达式', en: 'Expression' }, filter: 'starts with(name, "Expr") and level = null' };
    await admin.post('/entities/customer/my_views', view, { status: 200 });
    await admin.post('/entities/customer/my_views', { ...view, filter: 'nmae = 1' }, { status: 422, fields: { 'view.filter': 'feel.unknown_name' } });
    await admin.get('/customer/count?view=expr', { body: { count: 2 } });
    await admin.delete('/entities/customer/my_views/expr');
  });

  scenario.test('filters take no SQL, no unknown fields, no nonsense', async ({ admin }) => {
    const list = (where, options) => admin.get(`/customer?where=${encodeURIComponent(typeof where === 'string' ? where : JSON.stringify(where))}`, options);
    await list({ field: 'name', op: 'eq', value: "'; DROP TABLE r_customer; --" }, { body: { records: [] } });
    await list({ field: 'name', op: 'contains', value: '%' }, { body: { records: [] } });
    await list({ field: "name' OR 1=1 --", op: 'eq', value: 'x' }, { status: 422 });
    await list({ field: 'name', op: 'like', value: 'x' }, { status: 422 });
    await list({ field: 'name', op: 'eq', value: { $gt: '' } }, { status: 422 });
    await list('{"field":', { status: 400, code: 'query.where' });
    await list(JSON.stringify(Array(200).fill({}).reduce((inner) => ({ not: inner }), { field: 'name', op: 'empty' })), { status: 400 });
    await list({ or: Array(60).fill({ field: 'name', op: 'empty' }) }, { status: 422 });
    for (const query of ['sort=name;DROP', 'sort=-', 'sort=password', 'fields=nope', 'view=nope']) {
      await admin.get(`/customer?${query}`, { status: 422 });
    }
    for (const query of ['limit=0', 'limit=201', 'limit=-1', 'limit=1.5']) {
      await admin.get(`/customer?${query}`, { status: 400, code: 'query.limit' });
    }
    await admin.get('/customer?search=%22%20OR%20*%20NEAR(', { status: 200 });
    await admin.get('/customer?after=AAAA', { status: 400 });
    await admin.get('/customer');
  });

  scenario.test('bulk writes are all or nothing and name the row', async ({ admin }) => {
    const made = await admin.post('/customer/bulk', { create: [customer({ name: 'Bulk 1' }), customer({ name: 'Bulk 2', phone: '13700000000' })] }, {
      status: 200, body: { created: [/.{36}/, /.{36}/], updated: [], deleted: [] }, events: ['customer.created', 'customer.created'] });
    const [one, two] = made.created;
    await admin.post('/customer/bulk', { update: [{ id: one, note: 'x' }, { id: two, phone: 'wrong' }] }, { status: 422, fields: { 'update[1].phone': 'field.phone' } });
    await admin.get(`/customer/${one}`, { body: { version: 1, note: null } });
    await admin.post('/customer/bulk', { update: [{ id: one, version: 1, note: 'x' }], delete: [two] }, { status: 200, body: { updated: [{ id: one, version: 2 }], deleted: [two] }, events: ['customer.updated', 'customer.deleted'] });
    await admin.post('/customer/bulk', { delete: ['not-an-id'] }, { status: 422, body: { field: /^delete\[0\]/ } });
    await admin.post('/customer/bulk', { delete: [missing] }, { status: 404 });
    await admin.post('/customer/bulk', { create: Array(1001).fill({}) }, { status: 422, code: 'bulk.too_many' });
    await admin.post('/customer/bulk', { drop: [] }, { status: 422, fields: { drop: 'field.unknown' } });
  });

  scenario.test('a repeated form is carried out once', async (world) => {
    const { admin } = world;
    const other = await world.person(['manager']);
    const key = { headers: { 'Idempotency-Key': 'form-1' } };
    const first = await admin.post('/customer', customer({ name: 'Once' }), { ...key, events: ['customer.created'] });
    const again = await admin.post('/customer', customer({ name: 'Once' }), key);
    strictEqual(again.id, first.id);
    await admin.post('/customer', customer({ name: 'Another' }), { ...key, status: 409, code: 'idempotency.reused' });
    await other.post('/customer', customer({ name: 'Once' }), { ...key, events: ['customer.created'] }); // his own key
    await admin.post('/customer', {}, { headers: { 'Idempotency-Key': 'form-2' }, status: 422 });
    await admin.post('/customer', customer(), { headers: { 'Idempotency-Key': 'form-2' }, events: ['customer.created'] }); // a failure claims nothing
    await admin.post('/customer', customer(), { headers: { 'Idempotency-Key': 'x'.repeat(101) }, status: 400 });
    const both = await Promise.all([1, 2, 3, 4].map(() => world.send('POST', '/api/v1/customer',
      { 'Content-Type': 'application/json', Cookie: admin.cookie, 'X-CSRF-Token': admin.csrf, 'Idempotency-Key': 'at-once' },
      JSON.stringify(customer({ name: 'At once' })))));
    strictEqual(new Set(both.map((answer) => answer.body.id)).size, 1);
    await world.expectEvents(['customer.created'], 'four at once');
  });

  scenario.test('rights hold for reading, writing, masking and everything derived', async (world) => {
    const { admin } = world;
    const made = await admin.post('/customer', customer({ phone: '13612345678', email: 'secret@example.com' }), { events: ['customer.created'] });
    const engineer = await world.person(['engineer']);
    const seen = await engineer.get(`/customer/${made.id}`, { body: { phone: '136****5678' } });
    ok(!('email' in seen));
    await engineer.patch(`/customer/${made.id}`, { version: 1, note: 'x' }, { status: 403 });
    await engineer.delete(`/customer/${made.id}`, { status: 403 });
    await engineer.post('/customer', customer(), { status: 403 });
    await engineer.post('/customer/bulk', { delete: [made.id] }, { status: 403 });
    const email = encodeURIComponent(JSON.stringify({ field: 'email', op: 'eq', value: 'secret@example.com' }));
    await engineer.get(`/customer?where=${email}`, { status: 403, code: 'field.forbidden' });
    await engineer.get('/customer?sort=email', { status: 403 });
    ok(!JSON.stringify(await engineer.get('/customer?fields=email')).includes('secret@'));
    const history = await engineer.get(`/customer/${made.id}/history`);
    ok(!JSON.stringify(history).includes('secret@'));
    await engineer.get('/ticket', { body: { records: [] } });
    await engineer.get('/entities', { body: { entities: (list) => list.every((one) => one.name !== 'customer' || one.fields.every((field) => field.name !== 'email')) } });
    const stranger = await world.person([]);
    await stranger.get('/customer', { status: 403 });
    await stranger.get(`/customer/${made.id}`, { status: [403, 404] });
    await stranger.get('/customer/count', { status: 403 });
    await stranger.get('/customer/lookup?q=x', { status: 403 });
    await stranger.get('/customer/export?format=csv', { status: [403, 404] });
    await stranger.get('/entities', { body: { entities: [] } });
  });

  scenario.test('ids that lead nowhere', async ({ admin }) => {
    await admin.get(`/customer/${missing}`, { status: 404, code: 'not_found' });
    await admin.get('/customer/abc', { status: 404 });
    await admin.get("/customer/'%20OR%201=1", { status: 404 });
    await admin.get('/ghost', { status: 404 });
    await admin.get('/user/abc', { status: 404 });
    await admin.patch(`/customer/${missing}`, { version: 1, note: 'x' }, { status: 404 });
    await admin.delete(`/customer/${missing}`, { status: 404 });
    await admin.post(`/customer/${missing}/restore`, {}, { status: 404 });
    await admin.post('/contact', { name: 'x', customer: missing }, { status: 422, fields: { customer: 'field.reference' } });
    await admin.get('/r_customer', { status: 404 });
    await admin.get('/org_user', { status: 404 });
    await admin.get('/entities/ghost', { status: 404 });
  });
}
