// Units, people, roles, settings, API keys, the audit log.
import { ok, strictEqual } from 'node:assert';
import { password } from './scenario.mjs';

const role = (values) => ({ label: { 'zh-CN': '角色', en: 'Role' }, ...values });

export default function organisation(scenario) {
  scenario.test('units form a tree', async ({ admin }) => {
    const company = await admin.post('/unit', { name: 'Company', kind: 'company' }, { body: { parent: null, archived: false }, events: ['unit.created'] });
    const team = await admin.post('/unit', { name: 'Team', kind: 'team', parent: company.id, code: 'T1' }, { body: { parent: { id: company.id, title: 'Company' } }, events: ['unit.created'] });
    await admin.patch(`/unit/${company.id}`, { parent: team.id }, { status: 422, code: 'unit.cycle' });
    await admin.patch(`/unit/${company.id}`, { parent: company.id }, { status: 422, code: 'unit.cycle' });
    await admin.post('/unit', { name: 'Other', kind: 'team', code: 'T1' }, { status: 409, code: 'unit.code_taken' });
    await admin.post('/unit', { name: '', kind: 'guild' }, { status: 422, fields: { name: 'field.required', kind: 'field.choice' } });
    await admin.patch(`/unit/${team.id}`, { phone: '021-12345678', parent: null }, { body: { phone: '021-12345678', parent: null, code: 'T1' }, events: ['unit.updated'] });
    await admin.patch(`/unit/${team.id}`, { parent: company.id }, { events: ['unit.updated'] });
    await admin.delete(`/unit/${company.id}`, { status: 409, code: 'unit.in_use' });
    await admin.delete(`/unit/${team.id}`, { events: ['unit.deleted'] });
    await admin.delete(`/unit/${team.id}`, { status: 404 });
    await admin.get('/unit', { body: { records: (units) => units.some((unit) => unit.id === company.id) } });
  });

  scenario.test('people are made, found and changed', async ({ admin, ...world }) => {
    const units = (await admin.get('/unit')).records;
    const made = await admin.post('/user', { login: 'Wang.Fang', name: '王芳', phone: '13800138000', unit: units[0].id, roles: ['agent'], password }, {
      body: { login: 'wang.fang', unit: { id: units[0].id }, units: [{ id: units[0].id }], active: true, roles: ['agent'] }, events: ['user.created'] });
    ok(!JSON.stringify(made).includes('argon2'));
    await admin.post('/user', { login: 'WANG.FANG', name: 'x', password }, { status: 409, code: 'user.login_taken', body: { field: 'login' } });
    await admin.post('/user', { login: 'a b', name: '', email: 'nobody', password }, { status: 422, fields: { login: 'user.login_form', name: 'field.required', email: 'field.email' } });
    await admin.post('/user', { login: 'someone', name: 'x', roles: ['ghost'], password }, { status: 422, code: 'user.unknown_role' });
    await admin.post('/user', { login: 'someone', name: 'x', password: 'short' }, { status: 422, code: 'password.too_short' });
    await admin.post('/user', { login: 'someone-else', name: 'x', password: 'Someone-Else' }, { status: 422, code: 'password.is_login' });
    await admin.get(`/user?search=${encodeURIComponent('芳')}`, { body: { records: [{ id: made.id }], next: null } });
    await admin.get('/user?search=%25', { body: { records: [] } });
    const page = await admin.get('/user?limit=1', { body: { records: [{}], next: /./ } });
    await admin.get(`/user?limit=200&after=${page.next}`, { body: { records: (users) => users.every((user) => user.id !== page.records[0].id) } });
    await admin.get('/user?after=garbage', { status: 400, code: 'query.cursor' });
    const other = (await admin.post('/unit', { name: 'Zhao Team', kind: 'team' }, { events: 'any' })).id;
    const mate = await admin.post('/user', { login: 'zz.last', name: '最后一位', password: 'a good password', units: [other] }, { events: 'any' });
    const offered = (await admin.get(`/user/lookup?team=${other}&limit=50`)).items;
    strictEqual(offered[0].id, mate.id);
    strictEqual(offered[0].in_team, true);
    strictEqual(offered.filter((person) => person.in_team).length, 1);
    await admin.get('/user/lookup?team=nonsense', { status: 400 });
    await admin.get(`/user/lookup?q=${encodeURIComponent('王')}`, { body: { items: [{ id: made.id, title: '王芳' }] } });
    await admin.patch(`/user/${made.id}`, { name: '王小芳', unit: null }, { body: { name: '王小芳', unit: null, units: [] }, events: ['user.updated'] });
    await admin.get('/audit?entity=user&limit=1', { body: { events: [{ type: 'user.updated', id: made.id, changes: (list) => list.some((c) => c.field === 'name' && c.old === '王芳' && c.new === '王小芳') }] } });
  });

  scenario.test('an administrator remains', async (world) => {
    const { admin } = world;
    const me = (await admin.get('/session')).user.id;
    await admin.patch(`/user/${me}`, { active: false }, { status: 409, code: 'user.last_administrator' });
    await admin.patch(`/user/${me}`, { roles: ['agent'] }, { status: 409, code: 'user.last_administrator' });
    const second = await world.person(['administrator']);
    await admin.patch(`/user/${me}`, { roles: [] }, { events: ['user.updated'] });
    await admin.get('/user', { status: 403 });
    await second.patch(`/user/${me}`, { roles: ['administrator'] }, { events: 'any' });
    await world.forgetEvents();
    await admin.get('/user');
  });

  scenario.test('nobody gives more than he has', async (world) => {
    const { admin } = world;
    await admin.put('/role/personnel', role({ grants: {}, system: ['users.manage', 'roles.manage'] }), { body: { name: 'personnel' }, events: ['role.created'] });
    const personnel = await world.person(['personnel']);
    const me = (await admin.get('/session')).user.id;
    await personnel.post('/user', { login: 'friend', name: 'x', roles: ['administrator'], password }, { status: 403, code: 'role.above_own' });
    await personnel.post(`/user/${me}/password`, { password: 'taken over by me' }, { status: 403, code: 'role.above_own' });
    await personnel.patch(`/user/${me}`, { active: false }, { status: 403 });
    await personnel.put('/role/personnel', role({ system: ['settings.manage'] }), { status: 403, code: 'role.above_own' });
    await personnel.get('/setting', { status: 403 });
    await personnel.get('/audit', { status: 403 });
    await personnel.post('/user', { login: 'colleague', name: 'x', roles: ['agent'], password }, { events: ['user.created'] });
  });

  scenario.test('roles are checked, changed while in use, and removed when nobody has them', async (world) => {
    const { admin } = world;
    await admin.put('/role/reader', role({ grants: { customer: { read: 'all' } } }), { events: ['role.created'] });
    const reader = await world.person(['reader']);
    await reader.get('/customer');
    await reader.get('/asset', { status: 403 });
    const seen = (await admin.get('/role')).records.find(({ name }) => name === 'reader').version;
    await admin.put('/role/reader', role({ version: seen, grants: { asset: { read: 'all' } } }), { body: { version: seen + 1 }, events: ['role.updated'] });
    await admin.put('/role/reader', role({ version: seen, grants: {} }), { status: 409, code: 'role.stale' });
    await reader.get('/customer', { status: 403 });
    await reader.get('/asset');
    await admin.put('/role/reader', role({ grants: { customer: { read: 'everything' } } }), { status: 422, code: 'role.malformed', body: { field: 'grants.customer.read' } });
    await admin.put('/role/reader', { grants: {} }, { status: 422, code: 'role.malformed' });
    await admin.put('/role/reader', role({ power: true }), { status: 422, code: 'role.malformed' });
    await admin.put('/role/Bad-Name', role({}), { status: 422, code: 'role.malformed' });
    await admin.put('/role/administrator', role({}), { status: 409, code: 'role.fixed' });
    await admin.delete('/role/administrator', { status: 409, code: 'role.fixed' });
    await admin.delete('/role/reader', { status: 409, code: 'role.in_use' });
    await admin.patch(`/user/${reader.id}`, { roles: [] }, { events: ['user.updated'] });
    await admin.delete('/role/reader', { events: ['role.deleted'] });
    await reader.get('/role', { status: 403 });
  });

  scenario.test('the settings of the organisation', async ({ admin }) => {
    await admin.put('/setting', { name: '猴谷电器', accent_color: '#1677ff', portal: { phone: '400-123-4567' } }, {
      body: { name: '猴谷电器', portal: { enabled: true, phone: '400-123-4567' } }, events: ['setting.updated'] });
    await admin.get('/session', { body: { organisation: { name: '猴谷电器', accent_color: '#1677ff' } } });
    await admin.put('/setting', { accent_color: 'red' }, { status: 422, fields: { accent_color: 'setting.color' } });
    await admin.put('/setting', { colour: '#000000' }, { status: 422, code: 'field.unknown' });
    await admin.put('/setting', { portal: { secret: 1 } }, { status: 422, code: 'field.unknown' });
    await admin.put('/setting', { time_zone: '../../etc/passwd' }, { status: 422 });
  });

  scenario.test('API keys act as their owner within their scopes', async (world) => {
    const { admin } = world;
    const make = (body, options = {}) => admin.post('/api_key', body, { events: ['api_key.created'], ...options });
    const key = (made) => {
      const client = world.client('key');
      client.headers.Authorization = `Bearer ${made.key}`;
      return client;
    };
    const reading = await make({ name: 'reading', scopes: ['read'] }, { body: { key: /^hk_.{43}$/, scopes: ['read'] } });
    const customers = await make({ name: 'customers', scopes: ['customer:write'] });
    const all = await make({ name: 'all', scopes: ['write'] });
    await key(reading).get('/customer');
    await key(reading).post('/customer', { name: 'x' }, { status: 403, code: 'api_key.scope' });
    await key(customers).post('/customer', { name: 'By key', phone: '13800000002' }, { events: ['customer.created'] });
    await key(customers).get('/asset', { status: 403 });
    await key(customers).get('/user', { status: 403 });
    await key(all).get('/user');
    await key(all).post('/api_key', { name: 'child', scopes: ['write'] }, { status: 403, code: 'session.needed' });
    await key(all).put('/session/password', { old: password, new: 'another password' }, { status: 403 });
    await admin.get('/audit?limit=1', { body: { events: [{ actor: { kind: 'user' } }] } }).catch(() => {});
    await make({ name: 'x', scopes: ['root'] }, { status: 422, fields: { scopes: 'api_key.scope_form' }, events: [] });
    await make({ name: 'x', scopes: ['read'], expires_at: '2020-01-01T00:00:00Z' }, { status: 422, fields: { expires_at: 'api_key.expiry' }, events: [] });
    const listed = await admin.get('/api_key', { body: { records: (keys) => keys.length === 3 } });
    ok(!JSON.stringify(listed).includes(reading.key));
    await admin.delete(`/api_key/${reading.id}`, { events: ['api_key.deleted'] });
    await key(reading).get('/customer', { status: 401 });
    // Repeating the request makes no second key, and doesn't tell the secret again.
    const repeated = { headers: { 'Idempotency-Key': 'make-a-key' } };
    await make({ name: 'once', scopes: ['read'] }, repeated);
    await make({ name: 'once', scopes: ['read'] }, { ...repeated, status: 409, code: 'idempotency.done', events: [] });
  });

  scenario.test('a key loses what its owner loses', async (world) => {
    await world.admin.put('/role/keeper', role({ grants: { customer: { read: 'all' } }, system: ['api_keys.manage'] }), { events: ['role.created'] });
    const owner = await world.person(['keeper']);
    const { key } = await owner.post('/api_key', { name: 'k', scopes: ['read'] }, { events: ['api_key.created'] });
    const client = world.client('key');
    client.headers.Authorization = `Bearer ${key}`;
    await client.get('/customer');
    await world.admin.patch(`/user/${owner.id}`, { roles: [] }, { events: ['user.updated'] });
    await client.get('/customer', { status: 403 });
    await world.admin.patch(`/user/${owner.id}`, { active: false }, { events: 'any' });
    await client.get('/customer', { status: 401 });
  });

  scenario.test('the audit log is filtered and paged', async (world) => {
    const { admin } = world;
    const first = await admin.get('/audit?limit=2', { body: { events: [{}, {}], next: Number.isInteger } });
    await admin.get(`/audit?limit=2&before=${first.next}`, { body: { events: (list) => list.every((event) => event.sequence < first.next) } });
    await admin.get('/audit?type=role.created', { body: { events: (list) => list.length >= 3 && list.every((event) => event.type === 'role.created') } });
    await admin.get(`/audit?actor=${admin.user.id}&limit=1`, { body: { events: [{ actor: { id: admin.user.id } }] } });
    await admin.get('/audit?from=2999-01-01T00:00:00Z', { body: { events: [], next: null } });
    for (const wrong of ['from=yesterday', 'actor=me', 'before=-1', 'limit=0', 'limit=1e9', 'limit=abc']) {
      await admin.get(`/audit?${wrong}`, { status: 400 });
    }
    strictEqual((await admin.get('/audit?type=%27%20OR%201%3D1')).events.length, 0);
  });
}
