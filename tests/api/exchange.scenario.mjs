// Tables in and out, and labels.
import { ok, strictEqual } from 'node:assert';

const rest = (ms) => new Promise((done) => setTimeout(done, ms));

const upload = (client, text, options = {}) =>
  client.call('POST', `/import?entity=${options.entity ?? 'asset'}`, undefined, {
    raw: Buffer.isBuffer(text) ? text : Buffer.from(text), type: 'text/csv', headers: { 'X-File-Name': encodeURIComponent('设备.csv') }, ...options });

async function ended(client, id) {
  for (;;) {
    const state = await client.get(`/import/${id}`, { events: 'any' });
    if (state.state !== 'running') return state;
    await rest(20);
  }
}

async function imported(client, text, plan) {
  const { id } = await upload(client, text);
  await client.post(`/import/${id}/start`, plan, { status: 202, events: 'any' });
  return ended(client, id);
}

export default function exchange(scenario) {
  scenario.test('a table of devices comes in', async (world) => {
    const { admin } = world;
    await admin.post('/product', { model: 'KFR-35GW', name: 'Air conditioner', product_line: 'air_conditioner' }, { events: ['product.created'] });
    await admin.post('/customer', { name: '王芳', phone: '13800138000' }, { events: ['customer.created'] });
    const table = '序列号,产品型号,客户,购买日期,安装地址\nsn-0001,KFR-35GW,王芳,2026年3月5日,上海市浦东新区张杨路100号\n00012345678901234567,KFR-35GW,,2026/3/6,\n';
    const looked = await upload(admin, table, { body: {
      file_name: '设备.csv', encoding: 'UTF-8', rows_sampled: 2, sheets: [],
      columns: [{ header: '序列号', field: 'serial_number', samples: ['sn-0001', '00012345678901234567'] }, { field: 'product' }, { field: 'customer' }, { field: 'purchased_on' }, { field: 'address' }],
      fields: (list) => list.some((one) => one.name === 'serial_number' && one.required) && !list.some((one) => one.name === 'qr_token') } });
    const mapping = Object.fromEntries(looked.columns.map((column, i) => [i, column.field]));
    await admin.post(`/import/${looked.id}/start`, { mapping, mode: 'both', match: ['serial_number'], on_error: 'stop' }, {
      status: 202, body: { state: (state) => ['running', 'done'].includes(state) }, events: 'any' });
    const state = await ended(admin, looked.id);
    strictEqual(JSON.stringify([state.state, state.rows, state.created, state.failed]), '["done",2,2,0]', JSON.stringify(state));
    const { records } = await admin.get('/asset?sort=serial_number');
    strictEqual(records[0].serial_number, '00012345678901234567');
    strictEqual(records[1].serial_number, 'SN-0001');
    strictEqual(records[1].customer.title.includes('王芳'), true);
    strictEqual(records[1].purchased_on, '2026-03-05');
    strictEqual(records[1].address.code, '310115');
    ok(records[1].qr_token && records[1].warranty_until);
    await admin.get(`/import/${looked.id}/result`, { status: 404 });
    await admin.post(`/import/${looked.id}/start`, { mapping, mode: 'add' }, { status: 409, code: 'import.not_ready' });
  });

  scenario.test('bad rows are named; nothing or only the good ones is written', async (world) => {
    const { admin } = world;
    const before = (await admin.get('/asset/count')).count;
    const table = 'sn,model\nA1,KFR-35GW\nA2,unknown\n,KFR-35GW\n';
    const plan = { mapping: { 0: 'serial_number', 1: 'product' }, mode: 'add' };
    const stopped = await imported(admin, table, { ...plan, on_error: 'stop' });
    await admin.get('/asset/count', { body: { count: before } });
    strictEqual(stopped.state, 'failed');
    strictEqual(stopped.error.code, 'import.rows_bad');
    strictEqual(stopped.errors.map((one) => `${one.row} ${one.field} ${one.code}`).join(), '3 product import.no_reference,4 serial_number field.required');
    ok(stopped.errors.every((one) => one.message && !one.message.includes('error.')));
    const result = await world.send('GET', `/api/v1/import/${stopped.id}/result`, { Cookie: admin.cookie });
    strictEqual(result.status, 200);
    strictEqual(result.bytes.subarray(0, 2).toString(), 'PK');
    const skipped = await imported(admin, table, { ...plan, on_error: 'skip' });
    strictEqual(`${skipped.state} ${skipped.created} ${skipped.failed}`, 'done 1 2');
    await admin.get('/asset/count', { body: { count: before + 1 } });
  });

  scenario.test('imports need the right, are private, and refuse what is no table', async (world) => {
    const { admin } = world;
    const engineer = await world.person(['engineer']);
    await upload(engineer, 'sn\nA1\n', { status: 403 });
    await upload(world.client(), 'sn\nA1\n', { status: 401 });
    await upload(admin, 'sn\nA1\n', { entity: 'nothing', status: 404 });
    await upload(admin, Buffer.from('%PDF-1.7\n\x01\x02'), { status: 415, code: 'import.not_a_table' });
    await upload(admin, Buffer.from('PK\x03\x04broken'), { status: 422, code: 'import.damaged' });
    await upload(admin, Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), { status: 415, code: 'import.old_excel' });
    await upload(admin, '', { status: 422, code: 'import.empty' });
    const { id } = await upload(admin, 'sn,model\nA1,KFR-35GW\n');
    const plan = { mapping: { 0: 'serial_number', 1: 'product' }, mode: 'add' };
    await admin.post(`/import/${id}/start`, { ...plan, nonsense: 1 }, { status: 422 });
    await admin.post(`/import/${id}/start`, { ...plan, mapping: { 0: 'qr_token' } }, { status: 422, code: 'field.unknown' });
    await admin.put('/role/importer', { label: { 'zh-CN': '导入', en: 'Importer' }, grants: { asset: { read: 'all' } }, system: ['import.run'] }, { events: 'any' });
    const importer = await world.person(['importer']);
    await importer.get(`/import/${id}`, { status: 404 });
    await importer.delete(`/import/${id}`, { status: 404 });
    const own = await upload(importer, 'sn,model\nA1,KFR-35GW\n');
    await importer.post(`/import/${own.id}/start`, plan, { status: 403 });
    await admin.delete(`/import/${id}`, { status: 200, body: { state: 'cancelled' } });
    await admin.post(`/import/${id}/start`, plan, { status: 409 });
  });

  scenario.test('lists go out as files, for those who may export', async (world) => {
    const { admin } = world;
    await admin.post('/customer', { name: '=cmd|x', phone: '13900139000' }, { events: ['customer.created'] });
    const get = (client, query) => world.send('GET', `/api/v1/customer/export?${query}`, { Cookie: client.cookie, 'Accept-Language': 'zh-CN' });
    const csv = await get(admin, 'format=csv&fields=name,phone&sort=created_at');
    strictEqual(csv.status, 200);
    strictEqual(csv.headers['content-type'], 'text/csv; charset=utf-8');
    ok(/^attachment/.test(csv.headers['content-disposition']));
    const lines = csv.text.split('\r\n');
    ok(lines[0].startsWith('\ufeff'));
    ok(lines.includes("'=cmd|x,13900139000"), csv.text);
    const xlsx = await get(admin, 'format=xlsx');
    strictEqual(xlsx.bytes.subarray(0, 2).toString(), 'PK');
    strictEqual((await get(admin, 'format=pdf')).status, 400);
    strictEqual((await get(admin, 'fields=nothing')).status, 422);
    strictEqual((await get(admin, `where=${encodeURIComponent('{"field":"name"}')}`)).status >= 400, true);
    const filtered = await get(admin, `format=csv&fields=name&where=${encodeURIComponent('{"field":"phone","op":"eq","value":"13900139000"}')}`);
    strictEqual(filtered.text.trim().split('\r\n').length, 2);
    await admin.put('/role/no_export', { label: { 'zh-CN': '不可导出', en: 'No export' }, grants: { customer: { read: 'all' } } }, { events: 'any' });
    const reader = await world.person(['no_export']);
    const refused = await get(reader, 'format=csv&fields=name');
    ok(refused.status === 403 || refused.text.trim().split('\r\n').length === 1, refused.text);
    strictEqual((await world.send('GET', '/api/v1/customer/export', {})).status, 401);
  });

  scenario.test('labels are printed as PDF', async (world) => {
    const { admin } = world;
    const { records } = await admin.get('/asset');
    const get = (query) => world.send('GET', `/api/v1/label?${query}`, { Cookie: admin.cookie });
    const sheet = await get(`assets=${records.map((one) => one.id).join(',')}&format=a4`);
    strictEqual(sheet.headers['content-type'], 'application/pdf', sheet.text.slice(0, 300));
    strictEqual(sheet.bytes.subarray(0, 5).toString(), '%PDF-');
    const all = await get('format=60x40');
    strictEqual(all.bytes.subarray(0, 5).toString(), '%PDF-');
    strictEqual((await get('assets=nonsense')).status, 400);
    strictEqual((await get('assets=01900000-0000-7000-8000-000000000000')).status, 404);
    strictEqual((await get('format=a5')).status, 400);
    strictEqual((await world.send('GET', '/api/v1/label', {})).status, 401);
  });
}
