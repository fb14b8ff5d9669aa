// Files of records: taken in, cleaned, given to a record, served where it may be read, never active.
import { ok, strictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '../../server/schema/attachments/testdata');
const picture = (name) => readFileSync(join(fixtures, name));

const upload = (client, bytes, name, options = {}) =>
  client.call('POST', '/attachment', undefined, {
    raw: bytes, type: 'application/octet-stream', ...options,
    headers: { 'X-File-Name': encodeURIComponent(name), ...options.headers } });

const download = (world, client, url, headers = {}) =>
  world.send('GET', url, { 'Accept-Language': 'en', ...(client ? { Cookie: client.cookie } : {}), ...headers });

async function product(client, values) {
  return client.post('/product', { model: `M${Math.random()}`, name: 'Air conditioner', product_line: 'air_conditioner', ...values }, { events: ['product.created'] });
}

export default function files(scenario) {
  scenario.test('a photo is turned, cleaned, shrunk and belongs to its record', async (world) => {
    const { admin } = world;
    const file = await upload(admin, picture('turned_with_position.jpg'), '../现场 照片.html', {
      body: { name: '现场 照片.jpg', type: 'image/jpeg', width: 40, height: 60, url: /^\/api\/v1\/attachment\//, thumbnail_url: /thumbnail$/ } });
    const whole = await download(world, admin, file.url);
    strictEqual(whole.status, 200);
    strictEqual(whole.headers['content-type'], 'image/jpeg');
    strictEqual(whole.headers['x-content-type-options'], 'nosniff');
    ok(/sandbox/.test(whole.headers['content-security-policy']));
    ok(/^inline/.test(whole.headers['content-disposition']));
    ok(whole.headers['content-disposition'].includes("filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.jpg"));
    strictEqual(whole.bytes.length, file.size);
    ok(!whole.bytes.includes('SECRETPHONE') && !whole.bytes.includes('Exif'));
    const part = await download(world, admin, file.url, { Range: 'bytes=0-9' });
    strictEqual(part.status, 206);
    strictEqual(part.bytes.length, 10);
    strictEqual((await download(world, admin, file.url, { 'If-None-Match': whole.headers.etag })).status, 304);
    const small = await download(world, admin, file.thumbnail_url);
    strictEqual(small.headers['content-type'], 'image/webp');
    strictEqual((await download(world, admin, `${file.thumbnail_url}?size=1024`)).status, 200);
    strictEqual((await download(world, admin, `${file.thumbnail_url}?size=7`)).status, 400);
    await product(admin, { picture: [file.id] });
    strictEqual((await download(world, admin, file.url)).status, 200);
  });

  scenario.test('the picture of a product stands on the card of its devices, for anybody who scans', async (world) => {
    const { admin } = world;
    const file = await upload(admin, picture('plain.png'), 'front.png');
    const shown = await product(admin, { picture: [file.id] });
    const bare = await product(admin, {});
    const asset = async (of) => admin.post('/asset', { serial_number: `PIC${Math.floor(Math.random() * 1e12)}`, product: of.id }, { events: 'any' });
    const device = await asset(shown);
    const card = await world.send('GET', `/api/v1/portal/asset/${device.qr_token}`);
    const url = card.body.product.picture_url;
    strictEqual(url, `/api/v1/portal/asset/${device.qr_token}/picture`);
    const small = await download(world, null, url);
    strictEqual(small.status, 200);
    ok(/^image\//.test(small.headers['content-type']));
    const other = await asset(bare);
    const plain = await world.send('GET', `/api/v1/portal/asset/${other.qr_token}`);
    strictEqual(plain.body.product.picture_url, null);
    strictEqual((await download(world, null, `/api/v1/portal/asset/${other.qr_token}/picture`)).status, 404);
    strictEqual((await download(world, null, '/api/v1/portal/asset/unknown/picture')).status, 404);
  });

  scenario.test('only those who may read the record and its field get its files', async (world) => {
    const { admin } = world;
    const file = await upload(admin, picture('plain.png'), 'a.png');
    const manager = await world.person(['manager']);
    strictEqual((await download(world, manager, file.url)).status, 404);
    strictEqual((await download(world, null, file.url)).status, 401);
    const made = await product(admin, { picture: [file.id] });
    await admin.put('/role/blind', { label: { 'zh-CN': '无图', en: 'Blind' }, grants: { product: { read: 'all', fields: { picture: 'none' } } } }, { events: 'any' });
    await admin.put('/role/seeing', { label: { 'zh-CN': '有图', en: 'Seeing' }, grants: { product: { read: 'all' } } }, { events: 'any' });
    const blind = await world.person(['blind']);
    const seeing = await world.person(['seeing']);
    strictEqual((await download(world, seeing, file.url)).status, 200);
    strictEqual((await download(world, blind, file.url)).status, 404);
    strictEqual((await download(world, blind, file.thumbnail_url)).status, 404);
    await admin.delete(`/product/${made.id}`, { events: ['product.deleted'] });
    strictEqual((await download(world, seeing, file.url)).status, 404);
  });

  scenario.test('a file belongs to one record, and only its uploader can give it away', async (world) => {
    const { admin } = world;
    const manager = await world.person(['manager']);
    const file = await upload(admin, picture('plain.png'), 'a.png');
    const values = { name: 'x', product_line: 'air_conditioner', picture: [file.id] };
    await manager.post('/product', { model: 'stolen', ...values }, { status: (await world.send('GET', '/api/v1/entities', { Cookie: manager.cookie })).body.entities.find((e) => e.name === 'product')?.grants?.create ? 422 : 403 });
    await product(admin, { picture: [file.id] });
    await admin.post('/product', { model: 'twice', ...values }, { status: 422 });
    await admin.post('/product', { model: 'forged', ...values, picture: ['01900000-0000-7000-8000-000000000000'] }, { status: 422 });
    const text = await upload(admin, Buffer.from('plain text'), 'a.txt', { body: { type: 'text/plain' } });
    await admin.post('/product', { model: 'text', ...values, picture: [text.id] }, { status: 422 });
  });

  scenario.test('nothing that comes out is active', async (world) => {
    const { admin } = world;
    const page = await upload(admin, Buffer.from('<html><script>alert(1)</script></html>'), 'page.html', { body: { type: 'text/plain' } });
    const drawing = await upload(admin, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'a.svg', { body: { type: 'text/plain' } });
    for (const { url } of [page, drawing]) {
      const answer = await download(world, admin, url);
      strictEqual(answer.headers['content-type'], 'text/plain; charset=utf-8');
      ok(/^attachment/.test(answer.headers['content-disposition']));
      ok(/sandbox/.test(answer.headers['content-security-policy']));
      strictEqual((await download(world, admin, `${url}/thumbnail`)).status, 404);
    }
  });

  scenario.test('hostile and broken uploads get a clear answer', async (world) => {
    const { admin } = world;
    await upload(admin, picture('bomb.png'), 'bomb.png', { status: 422, code: 'image.too_large' });
    await upload(admin, picture('plain.jpg').subarray(0, 600), 'half.jpg', { status: 422, code: 'image.damaged' });
    await upload(admin, Buffer.alloc(0), 'empty.txt', { status: 422, code: 'attachment.empty' });
    await upload(admin, picture('plain.png'), 'a.png', { status: 403, headers: { 'X-CSRF-Token': 'wrong' } });
    await upload(world.client(), picture('plain.png'), 'a.png', { status: 401 });
    const form = (disposition) => Buffer.concat([
      Buffer.from(`--b\r\nContent-Disposition: form-data; name="file"; ${disposition}\r\n\r\n`), picture('plain.png'), Buffer.from('\r\n--b--\r\n')]);
    const sent = { type: 'multipart/form-data; boundary=b' };
    await upload(admin, form('filename="..\\..\\evil.exe"'), 'unused', { ...sent, body: { name: 'evil.png', type: 'image/png' } });
    await upload(admin, form('x="y"'), 'unused', { ...sent, status: 400 });
    await upload(admin, Buffer.from('--b\r\nbroken'), 'unused', { ...sent, status: 400 });
  });

  scenario.test('customers bring pictures only, and see nobody’s', async (world) => {
    const nobody = world.client();
    const send = (bytes, options = {}) => nobody.call('POST', '/portal/attachment', undefined, { raw: bytes, type: 'image/jpeg', ...options });
    const file = await send(picture('plain.jpg'), { body: { type: 'image/jpeg' } });
    await send(Buffer.from('<html></html>'), { status: 415, code: 'attachment.not_image' });
    strictEqual((await download(world, null, file.url)).status, 401);
    strictEqual((await download(world, world.admin, file.url)).status, 404);
    strictEqual((await download(world, null, `/api/v1/portal/track/forged.token/attachment/${file.id}`)).status, 404);
  });

  scenario.test('the logo is public and stays', async (world) => {
    const { admin } = world;
    strictEqual((await download(world, null, '/api/v1/portal/logo')).status, 404);
    const logo = await upload(admin, picture('plain.png'), 'logo.png');
    await admin.put('/setting', { logo: logo.id }, { events: 'any' });
    const answer = await download(world, null, '/api/v1/portal/logo');
    strictEqual(answer.status, 200);
    strictEqual(answer.headers['content-type'], 'image/webp');
  });
}
