// Somebody who talks to the server: a session, an API key, or nobody. Every call says which status,
// which parts of the body and which events it expects; anything else fails the case.
import { deepStrictEqual } from 'node:assert';
import { request as httpRequest } from 'node:http';

export class Mismatch extends Error {}

const show = (value) => JSON.stringify(value)?.slice(0, 1500);

// Subset of objects, whole arrays, functions as predicates, regular expressions for texts.
export function match(expected, actual, place = 'body') {
  if (typeof expected === 'function') {
    if (!expected(actual)) throw new Mismatch(`${place}: ${show(actual)} does not satisfy ${expected}`);
  } else if (expected instanceof RegExp) {
    if (typeof actual !== 'string' || !expected.test(actual)) throw new Mismatch(`${place}: ${show(actual)} is not ${expected}`);
  } else if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) throw new Mismatch(`${place}: expected ${expected.length} elements, got ${show(actual)}`);
    expected.forEach((one, i) => match(one, actual[i], `${place}[${i}]`));
  } else if (expected !== null && typeof expected === 'object') {
    if (actual === null || typeof actual !== 'object') throw new Mismatch(`${place}: ${show(actual)} is no object`);
    for (const [key, value] of Object.entries(expected)) match(value, actual[key], `${place}.${key}`);
  } else {
    try {
      deepStrictEqual(actual, expected);
    } catch {
      throw new Mismatch(`${place}: expected ${show(expected)}, got ${show(actual)}`);
    }
  }
}

export class Client {
  constructor(world, name = 'nobody') {
    this.world = world;
    this.name = name;
    this.headers = {};
    this.cookie = null;
    this.csrf = null;
    this.language = 'en';
  }

  // options: status, body (expected), events, headers, raw (a string sent as it is), type, form
  async call(method, path, sent, options = {}) {
    const url = path.startsWith('//') ? path.slice(1) : `/api/v1${path}`;
    const headers = { 'Accept-Language': this.language, ...this.headers };
    if (this.cookie) headers.Cookie = this.cookie;
    if (this.csrf && method !== 'GET') headers['X-CSRF-Token'] = this.csrf;
    let body;
    if (options.raw !== undefined) body = options.raw;
    else if (sent !== undefined) body = JSON.stringify(sent);
    if (body !== undefined) headers['Content-Type'] = options.type ?? 'application/json';
    Object.assign(headers, options.headers);
    for (const [key, value] of Object.entries(headers)) if (value === null) delete headers[key];
    const answer = await this.world.send(method, url, headers, body);
    const what = `${this.name}: ${method} ${url}`;
    const status = options.status ?? (method === 'POST' ? 201 : method === 'DELETE' ? 204 : 200);
    if (![status].flat().includes(answer.status)) throw new Mismatch(`${what}: expected ${status}, got ${answer.status} ${answer.text.slice(0, 1500)}`);
    try {
      if (options.body !== undefined) match(options.body, answer.body);
      if (options.code) match(options.code, answer.body?.code, 'code');
      if (options.fields) match(options.fields, Object.fromEntries((answer.body?.details?.fields ?? []).map((f) => [f.field, f.code])), 'fields');
    } catch (error) {
      error.message = `${what}: ${error.message}\n  whole answer: ${answer.text.slice(0, 1500)}`;
      throw error;
    }
    if (options.events === 'any') await this.world.forgetEvents();
    else await this.world.expectEvents(options.events ?? [], what);
    return answer.body ?? answer;
  }

  get(path, options) { return this.call('GET', path, undefined, options); }
  post(path, body = {}, options) { return this.call('POST', path, body, options); }
  put(path, body = {}, options) { return this.call('PUT', path, body, options); }
  patch(path, body = {}, options) { return this.call('PATCH', path, body, options); }
  delete(path, options) { return this.call('DELETE', path, undefined, options); }

  async signIn(login, password, options = {}) {
    const { cookie } = await this.world.signIn(this, login, password, options);
    this.cookie = cookie;
    const session = await this.call('GET', '/session', undefined, { events: 'any' });
    this.csrf = session.csrf_token;
    this.name = login;
    this.user = session.user;
    return this;
  }
}

// Plain HTTP with everything visible: headers as sent, no redirects followed.
export function send(address, method, path, headers, body) {
  const { hostname, port } = new URL(address);
  return new Promise((done, failed) => {
    const bytes = body === undefined ? null : Buffer.isBuffer(body) ? body : Buffer.from(body);
    if (bytes) headers['Content-Length'] = bytes.length;
    const asked = httpRequest({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const bytesIn = Buffer.concat(chunks);
        const text = bytesIn.toString('utf8');
        let parsed = null;
        if (text && /json/.test(answer.headers['content-type'] ?? '')) parsed = JSON.parse(text);
        done({ status: answer.statusCode, headers: answer.headers, text, bytes: bytesIn, body: parsed });
      });
    });
    asked.on('error', failed);
    asked.end(bytes);
  });
}
