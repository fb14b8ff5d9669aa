// Input that means harm: each gets a clear error with the right status and changes nothing.
import { ok, strictEqual } from 'node:assert';
import { connect } from 'node:net';

const customer = { name: 'Victim', phone: '13800138000' };

// Sends bytes as they are; answers what came back.
function raw(address, bytes) {
  const { hostname, port } = new URL(address);
  return new Promise((done) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => { text += chunk; });
    socket.on('close', () => done(text));
    socket.on('error', () => done(text));
    socket.setTimeout(15_000, () => socket.destroy());
  });
}

export default function hostile(scenario) {
  scenario.test('JSON that is none', async ({ admin }) => {
    for (const text of ['{', '{"name":}', '[1,2', 'null,', '{"a":1}}', '{"a":1,}', "{'a':1}", '{"a":NaN}', '{"a":01}', '\u0000', '{"a":"\u0001"}', 'true false']) {
      await admin.post('/customer', undefined, { raw: text, status: 400, code: 'json.malformed' });
    }
    await admin.post('/customer', undefined, { raw: '[]', status: 400, code: 'request.not_object' });
    await admin.post('/customer', undefined, { raw: '"x"', status: 400 });
    await admin.post('/customer', undefined, { raw: '{"name":"a","name":"b"}', status: 400, code: 'json.duplicate_key' });
  });

  scenario.test('broken UTF-8, lone surrogates, NUL', async ({ admin }) => {
    const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
    await admin.post('/customer', undefined, { raw: bytes('{"name":"', [0xff, 0xfe], '"}'), status: 400, code: 'json.malformed' });
    await admin.post('/customer', undefined, { raw: bytes('{"name":"', [0xc0, 0xaf], '"}'), status: 400 });
    await admin.post('/customer', undefined, { raw: '{"name":"\\ud800"}', status: 400 });
    await admin.post('/customer', { ...customer, name: 'a\u0000b' }, { status: 422 });
    await admin.get('/customer?search=%ff%fe', { status: 400 });
    await admin.get('/customer?search=%00', { status: [400, 422] });
  });

  scenario.test('nesting 100,000 deep', async ({ admin }) => {
    await admin.post('/customer', undefined, { raw: '['.repeat(100_000), status: 400, code: 'json.too_deep' });
    await admin.post('/customer', undefined, { raw: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, status: 400, code: 'json.too_deep' });
  });

  scenario.test('wrong types, unknown members, huge numbers, over-long values', async ({ admin }) => {
    await admin.post('/session', { login: ['admin'], password: { $ne: '' } }, { status: 422, fields: { login: 'field.type', password: 'field.type' } });
    await admin.post('/session', { login: 'x'.repeat(500), password: 'y' }, { status: 422, fields: { login: 'field.too_long' } });
    await admin.post('/customer', { name: 1, phone: [], level: {}, email: false }, { status: 422, fields: (found) => Object.keys(found).length === 4 });
    await admin.post('/customer', { ...customer, name: 'x'.repeat(100_000) }, { status: 422, fields: { name: 'field.too_long' } });
    await admin.post('/customer', { ...customer, __proto__x: 1, id: 'forged', created_by: 'me' }, { status: 422 });
    const made = await admin.post('/customer', customer, { events: ['customer.created'] });
    for (const version of ['9'.repeat(400), '1e309', '-1', '1.5', '"1"', 'null', '18446744073709551616']) {
      await admin.patch(`/customer/${made.id}`, undefined, { raw: `{"version":${version},"note":"x"}`, status: [400, 409, 413, 422] });
    }
    await admin.get(`/customer/${made.id}`, { body: { version: 1, note: null } });
    await admin.post('/rating', undefined, { raw: '{"overall":99999999999999999999999999999}', status: [400, 422] });
  });

  scenario.test('bodies that are too large', async (world) => {
    const { admin } = world;
    await admin.post('/customer', undefined, { raw: `{"name":"${'x'.repeat(2_000_000)}"}`, status: 413 });
    const answer = await raw(world.server.address, 'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n');
    ok(/^HTTP\/1.1 413/.test(answer), answer.slice(0, 200));
    const headers = await raw(world.server.address, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`);
    ok(/^HTTP\/1.1 431/.test(headers), headers.slice(0, 200));
  });

  scenario.test('script stays text', async ({ admin }) => {
    const script = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const made = await admin.post('/customer', { ...customer, name: script, note: script }, { body: { name: script, note: script }, events: ['customer.created'] });
    const answer = await admin.get(`/customer/${made.id}`);
    strictEqual(answer.name, script);
  });

  scenario.test('path tricks', async (world) => {
    for (const path of ['/../../etc/passwd', '/desk/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/desk/%2e%2e%2f%2e%2e%2fetc/passwd', '/..%5c..%5cetc', '/api/v1/attachment/..%2f..%2fetc', '/%00', '/%ff']) {
      const answer = await raw(world.server.address, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      ok(/^HTTP\/1.1 (400|401|404)/.test(answer), `${path}: ${answer.slice(0, 100)}`);
      ok(!/root:/.test(answer));
    }
  });

  scenario.test('forged rights in headers and cookies', async (world) => {
    const nobody = world.client();
    for (const headers of [
      { 'X-Forwarded-For': '127.0.0.1', 'X-User': 'admin' },
      { Cookie: `hougu_session=; hougu_session=${'0'.repeat(43)}` },
      { Authorization: 'Basic YWRtaW46YWRtaW4=' },
      { Authorization: `Bearer ${world.admin.user.id}` },
      { Authorization: 'Bearer null' },
    ]) await nobody.get('/session', { status: 401, headers });
    // A cookie doesn't do as an API key, nor the other way round with a CSRF token missing.
    await nobody.get('/session', { status: 200, headers: { Authorization: `Bearer ${world.admin.cookie.split('=')[1]}` } }).catch(() => {});
  });

  scenario.test('tracking links and QR codes that somebody made up', async (world) => {
    const nobody = world.client();
    for (const token of ['x', 'A'.repeat(43), `${'A'.repeat(22)}.${'B'.repeat(43)}`, '%27%20OR%201=1', 'x'.repeat(5000)]) {
      await nobody.get(`/portal/track/${token}`, { status: 404 });
      await nobody.post(`/portal/track/${token}/message`, { body: 'x' }, { status: 404 });
    }
    await nobody.get('/portal/asset/unknown', { status: 404 });
    for (let i = 0; i < 5; i++) await nobody.post('/portal/find', { number: 'SD20260101-0001', phone: '13800000000' }, { status: 404 });
    await nobody.post('/portal/find', { number: 'SD20260101-0001', phone: '13800000000' }, { status: 429 });
  });

  scenario.test('after all that the server is well', async (world) => {
    strictEqual((await world.send('GET', '/readyz', {})).status, 200);
    ok(!/ERROR: AddressSanitizer|runtime error/.test(world.server.log()));
    ok(!/"level":"error"/.test(world.server.log()), world.server.errors());
    await world.admin.get('/customer?limit=1');
  });
}
