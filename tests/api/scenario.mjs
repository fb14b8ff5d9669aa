// A scenario: cases that run one after the other against one server. After each call the events that
// it left are compared with those expected, so that nothing else happens unseen.
import { Client, Mismatch, send } from './client.mjs';

export const password = 'correct horse battery';

export class Scenario {
  constructor(name) {
    this.name = name;
    this.cases = [];
    this.options = {};
  }

  test(title, run) {
    this.cases.push({ title, run });
  }

  async run(server) {
    const world = new World(server);
    await world.prepare();
    const failures = [];
    let passed = 0;
    for (const { title, run } of this.cases) {
      try {
        await world.forgetEvents();
        await run(world);
        passed++;
      } catch (error) {
        failures.push({ title, error });
      }
    }
    return { passed, failures };
  }
}

export class World {
  constructor(server) {
    this.server = server;
    this.seen = 0; // sequence of the last event
    this.auditor = null;
    this.counter = 0;
  }

  send(method, path, headers, body) {
    return send(this.server.address, method, path, headers, body);
  }

  // The administrator of the first start changes his password; `admin` is his session.
  async prepare() {
    const admin = new Client(this, 'admin');
    await admin.signIn('admin', this.server.firstPassword, { events: 'any' });
    await admin.put('/session/password', { old: this.server.firstPassword, new: password }, { status: 204, events: 'any' });
    this.admin = admin;
    await admin.put('/role/auditor', { label: { 'zh-CN': '审计', en: 'Auditor' }, system: ['audit.read'] }, { events: 'any' });
    await admin.post('/user', { login: 'auditor', name: 'Auditor', roles: ['auditor'], password }, { events: 'any' });
    this.auditor = new Client(this, 'auditor');
    const { cookie } = await this.signIn(this.auditor, 'auditor', password, { events: 'any' });
    this.auditor.cookie = cookie;
    await this.forgetEvents();
  }

  client(name) {
    return new Client(this, name);
  }

  unique(prefix) {
    return `${prefix}${++this.counter}`;
  }

  async signIn(client, login, secret, { status = 200, ...options } = {}) {
    const answer = await send(this.server.address, 'POST', '/api/v1/session',
      { 'Content-Type': 'application/json', 'Accept-Language': 'en' },
      JSON.stringify({ login, password: secret }));
    if (answer.status !== status) throw new Mismatch(`sign-in of ${login}: ${answer.status} ${answer.text}`);
    if (options.events !== 'any') await this.expectEvents(['session.signed_in'], `sign-in of ${login}`);
    return { cookie: answer.headers['set-cookie'][0].split(';')[0] };
  }

  // A person with these roles, signed in.
  async person(roles, values = {}) {
    const login = this.unique('person');
    const made = await this.admin.post('/user', { login, name: `Name of ${login}`, roles, password, must_change_password: false, ...values }, { events: ['user.created'] });
    const client = await this.client(login).signIn(login, password);
    client.id = made.id;
    return client;
  }

  async newEvents() {
    if (!this.auditor?.cookie) return [];
    const answer = await send(this.server.address, 'GET', '/api/v1/audit?limit=200', { Cookie: this.auditor.cookie });
    if (answer.status !== 200) throw new Mismatch(`the audit log answers ${answer.status} ${answer.text}`);
    const events = answer.body.events.filter((event) => event.sequence > this.seen).reverse();
    if (events.length) this.seen = events.at(-1).sequence;
    return events;
  }

  async forgetEvents() {
    await this.newEvents();
  }

  async expectEvents(expected, what) {
    const found = (await this.newEvents()).map((event) => event.type);
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      throw new Mismatch(`${what}: expected the events [${expected.join(', ')}], found [${found.join(', ')}]`);
    }
  }
}
