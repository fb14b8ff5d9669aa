// Entities made and changed as data.
import { ok, strictEqual } from 'node:assert';

const label = (zh, en) => ({ 'zh-CN': zh, en });
const tool = (fields) => ({ name: 'tool', label: label('工具', 'Tool'), title: ['name'], search: ['name'], fields: [
  { name: 'name', type: 'text', label: label('名称', 'Name'), required: true }, ...fields] });

export default function entities(scenario) {
  scenario.test('an entity is made, used, changed and removed', async (world) => {
    const { admin } = world;
    const made = await admin.post('/entities', tool([{ name: 'weight', type: 'number', scale: 2, label: label('重量', 'Weight') }]), { body: { name: 'tool', version: 1 }, events: ['entity.published'] });
    const record = await admin.post('/tool', { name: 'Hammer', weight: '1.25' }, { body: { weight: '1.25' }, events: ['tool.created'] });
    await admin.post('/tool', { name: 'Hammer', weight: '1.255' }, { status: 422, fields: { weight: 'field.scale' } });
    await admin.put('/entities/tool', { ...made, fields: [...made.fields, { name: 'serial', type: 'serial', unique: true, label: label('编号', 'Serial') }] }, { body: { version: 2 }, events: ['entity.published'] });
    await admin.patch(`/tool/${record.id}`, { version: 1, serial: 'ab-1' }, { body: { serial: 'AB-1', weight: '1.25' }, events: ['tool.updated'] });
    await admin.post('/tool', { name: 'Copy', serial: 'ＡＢ-1' }, { status: 422, fields: { serial: 'field.duplicate' } });
    await admin.put('/entities/tool', { ...made, version: 1 }, { status: 409, code: 'entity.stale' });
    await admin.put('/entities/tool', { ...made, version: 2, fields: made.fields.slice(0, 1) }, { events: ['entity.published'] });
    ok(!('weight' in await admin.get(`/tool/${record.id}`)));
    const document = await world.send('GET', '/api/openapi.json', {});
    ok(document.body.components.schemas.tool && document.body.paths['/api/v1/tool/{id}'].get);
    await admin.delete('/entities/tool', { events: ['entity.removed'] });
    await admin.get('/tool', { status: 404 });
    await admin.get(`/tool/${record.id}`, { status: 404 });
  });

  scenario.test('faults of a definition are told with their places', async ({ admin }) => {
    const wrong = tool([
      { name: 'Weight', type: 'number', label: label('重量') },
      { name: 'kind', type: 'telepathy', label: label('种类') },
      { name: 'size', type: 'integer', min: 5, max: 1, label: label('尺寸') },
    ]);
    await admin.post('/entities', wrong, { status: 422, code: 'validation', fields: {
      'fields[1].name': 'definition.name', 'fields[2].type': 'definition.type' } });
    await admin.post('/entities', { ...tool([]), name: 'session' }, { status: 422, fields: { name: 'definition.reserved' } });
    await admin.post('/entities', { ...tool([]), name: 'x; DROP TABLE org_user' }, { status: 422 });
    await admin.post('/entities', { ...tool([]), name: 'customer' }, { status: 409, code: 'entity.exists' });
    await admin.post('/entities', {}, { status: 422 });
    await admin.get('/entities/tool', { status: 404 });
  });

  scenario.test('what the product relies on can not be removed', async ({ admin }) => {
    await admin.delete('/entities/ticket', { status: 409, code: 'entity.core' });
    const ticket = await admin.get('/entities/ticket');
    const retyped = ticket.fields.map((field) => (field.name === 'subject' ? { ...field, type: 'integer', max_length: undefined } : field));
    await admin.put('/entities/ticket', { ...ticket, fields: retyped }, { status: 422, fields: (found) => Object.values(found).some((code) => code === 'definition.core_field') });
    const without = ticket.fields.filter((field) => field.name !== 'resolution');
    await admin.put('/entities/ticket', { ...ticket, fields: without }, { status: 422, fields: (found) => Object.values(found).includes('definition.core_field') });
    await admin.get('/entities/ticket', { body: { version: ticket.version } });
  });

  scenario.test('only those with the right change definitions', async (world) => {
    const manager = await world.person(['manager']);
    await manager.post('/entities', tool([]), { status: 403 });
    const customer = await manager.get('/entities/customer');
    await manager.put('/entities/customer', customer, { status: 403 });
    await manager.put('/entities/customer/views', { views: [] }, { status: 403 });
    await manager.delete('/entities/contact', { status: 403 });
  });

  scenario.test('views: shared ones by the studio, own ones by everybody', async (world) => {
    const agent = await world.person(['agent']);
    const other = await world.person(['agent']);
    const view = { name: 'mine', label: label('我的', 'Mine'), columns: ['name'], where: { field: 'level', op: 'eq', value: 'vip' }, sort: ['name'] };
    await agent.post('/entities/customer/my_views', view, { status: 200 });
    await agent.get('/customer?view=mine', { body: { records: [] } });
    await other.get('/customer?view=mine', { status: 422 });
    await agent.post('/entities/customer/my_views', { ...view, where: { field: 'nope', op: 'eq', value: 1 } }, { status: 422 });
    await agent.delete('/entities/customer/my_views/mine');
    await agent.delete('/entities/customer/my_views/mine', { status: 404 });
    const { version } = await world.admin.put('/entities/customer/views', { views: [{ ...view, name: 'vips' }] }, { events: ['entity.published'] });
    await world.admin.put('/entities/customer/views', { views: [], version: version - 1 }, { status: 409, code: 'entity.stale' });
    await other.get('/customer?view=vips', { body: { records: [] } });
    await world.admin.get('/field_types', { body: { types: (types) => types.length === 28 && types.every((type) => type.label && !type.label.includes('.')) } });
  });
}
