// Live updates: who hears of what, presence, resuming.
import { ok, strictEqual } from 'node:assert';
import { request } from 'node:http';

// An open stream whose events can be waited for.
class Stream {
  constructor(world, client, lastEvent) {
    this.events = [];
    this.waiting = [];
    this.closed = false;
    const { hostname, port } = new URL(world.server.address);
    const headers = { Cookie: client.cookie, ...(lastEvent && { 'Last-Event-ID': lastEvent }) };
    this.request = request({ hostname, port, path: '/api/v1/live', headers, agent: false }, (answer) => {
      this.status = answer.statusCode;
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      });
      answer.on('close', () => { this.closed = true; this.wake(); });
    });
    this.request.on('error', () => { this.closed = true; this.wake(); });
    this.request.end();
  }

  take(block) {
    const event = { type: 'message', id: null, data: null };
    for (const line of block.split('\n')) {
      if (line.startsWith('event:')) event.type = line.slice(6).trim();
      if (line.startsWith('id:')) event.id = line.slice(3).trim();
      if (line.startsWith('data:')) event.data = JSON.parse(line.slice(5));
    }
    if (event.data !== null) this.events.push(event);
    this.wake();
  }

  wake() {
    for (const look of this.waiting.splice(0)) look();
  }

  // The first event that fits, among those that came and those to come.
  until(fits, what) {
    return new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`no ${what} within 10 s; heard ${JSON.stringify(this.events)}`)), 10_000);
      const look = () => {
        const found = this.events.find(fits);
        if (found) { clearTimeout(timer); done(found); } else this.waiting.push(look);
      };
      look();
    });
  }

  untilClosed() {
    return new Promise((done) => {
      const look = () => (this.closed ? done() : this.waiting.push(look));
      look();
    });
  }

  close() {
    this.request.destroy();
  }
}

const ready = (stream) => stream.until((event) => event.type === 'ready', 'greeting');
const about = (id) => (event) => event.type === 'record' && event.data.id === id;

export default function live(scenario) {
  const customer = { name: 'Somebody', phone: '13800138000' };

  scenario.test('a change is heard within a second by those who may read it, and by nobody else', async (world) => {
    const { admin } = world;
    const agent = await world.person(['agent']);
    const engineer = await world.person(['engineer']);
    const streams = [new Stream(world, agent), new Stream(world, engineer)];
    await Promise.all(streams.map(ready));
    const began = Date.now();
    const made = await admin.post('/customer', customer, { events: ['customer.created'] });
    const heard = await streams[0].until(about(made.id), 'event');
    ok(Date.now() - began < 1000, `${Date.now() - began} ms`);
    strictEqual(JSON.stringify(heard.data), JSON.stringify({ type: 'customer.created', entity: 'customer', id: made.id, version: 1, actor: { id: admin.user.id, name: 'admin' } }));
    ok(Number(heard.id) > 0);
    await streams[1].until(about(made.id), 'event');
    for (const stream of streams) stream.close();
  });

  scenario.test('rows outside of one\'s scope stay unheard', async (world) => {
    const { admin } = world;
    const engineer = await world.person(['engineer']);
    const stream = new Stream(world, engineer);
    await ready(stream);
    const ticket = await admin.post('/ticket', { description: 'Not his', contact_name: 'A', contact_phone: '13800000003' }, { events: 'any' });
    const marker = await admin.post('/customer', customer, { events: 'any' });
    await stream.until(about(marker.id), 'marker');
    ok(!stream.events.some(about(ticket.id)), 'the engineer heard of a ticket that is not his');
    await admin.post(`/ticket/${ticket.id}/assign`, { assignee: engineer.id }, { status: 200, events: 'any' });
    await stream.until(about(ticket.id), 'event of the ticket that became his');
    await admin.delete(`/ticket/${ticket.id}`, { status: 204, events: 'any' });
    await stream.until((event) => about(ticket.id)(event) && event.data.type === 'ticket.deleted', 'word of its deletion');
    stream.close();
    await world.forgetEvents();
  });

  scenario.test('a stream that was cut off makes up for what it missed', async (world) => {
    const { admin } = world;
    const stream = new Stream(world, admin);
    const { id } = await ready(stream);
    stream.close();
    const made = await admin.post('/customer', customer, { events: ['customer.created'] });
    const again = new Stream(world, admin, id);
    await again.until(about(made.id), 'missed event');
    again.close();
    const wild = new Stream(world, admin, '999999999999999999999999');
    await ready(wild);
    wild.close();
  });

  scenario.test('people at the same record see each other', async (world) => {
    const { admin } = world;
    const agent = await world.person(['agent']);
    const made = await admin.post('/customer', customer, { events: ['customer.created'] });
    const stream = new Stream(world, admin);
    await ready(stream);
    const at = (state) => ({ entity: 'customer', id: made.id, state });
    const people = (fits) => stream.until((event) => event.type === 'presence' && event.data.id === made.id && fits(event.data.people), 'presence');
    await agent.post('/presence', at('viewing'), { status: 204 });
    await people(([one]) => one?.id === agent.id && one.state === 'viewing' && one.name.startsWith('Name of'));
    await agent.post('/presence', at('typing'), { status: 204 });
    await people(([one]) => one?.state === 'typing');
    await agent.post('/presence', at('left'), { status: 204 });
    await people((list) => list.length === 0);
    await agent.post('/presence', at('dancing'), { status: 422 });
    const stranger = await world.person([]);
    await stranger.post('/presence', at('viewing'), { status: 404 });
    stream.close();
  });

  scenario.test('a stream ends when the rights behind it change', async (world) => {
    const agent = await world.person(['agent']);
    const other = await world.person(['agent']);
    const [one, two] = [new Stream(world, agent), new Stream(world, other)];
    await Promise.all([one, two].map(ready));
    await world.admin.patch(`/user/${agent.id}`, { active: false }, { events: 'any' });
    await one.untilClosed();
    ok(!two.closed);
    const denied = new Stream(world, agent);
    await denied.untilClosed();
    strictEqual(denied.status, 401);
    two.close();
  });
}
