// Signing in and out, cookies, CSRF, passwords, preferences, the first page.
import { ok, strictEqual, notStrictEqual } from 'node:assert';
import { password } from './scenario.mjs';

export default function session(scenario) {
  scenario.test('nobody is told to sign in', async (world) => {
    const nobody = world.client();
    await nobody.get('/session', { status: 401, code: 'session.required' });
    await nobody.get('/ticket', { status: 401, code: 'session.required' });
    await nobody.post('/customer', { name: 'x' }, { status: 401 });
    await nobody.get('/session', { status: 401, headers: { Cookie: 'hougu_session=forged' } });
    await nobody.get('/session', { status: 401, headers: { Cookie: `hougu_session=${'A'.repeat(9000)}` } });
    await nobody.get('/session', { status: 401, headers: { Authorization: 'Bearer hk_forged' } });
  });

  scenario.test('a person signs in by his folded login, sees himself, signs out', async (world) => {
    const person = await world.person(['agent']);
    const again = world.client('again');
    await again.signIn(` ${person.name.toUpperCase()} `, password);
    const body = await again.get('/session', {
      body: { roles: ['agent'], faces: ['desk'], system: [], csrf_token: /^.{43}$/, preferences: {},
        user: { login: person.name, must_change_password: false },
        organisation: { time_zone: 'Asia/Shanghai', default_locale: 'zh-CN' }, server_time: /Z$/ },
    });
    ok(!('logo' in body.organisation));
    await again.delete('/session', { events: ['session.signed_out'] });
    await again.get('/session', { status: 401, code: 'session.required' });
    await person.get('/session'); // the other session goes on
  });

  scenario.test('cookies are out of reach of scripts and other sites, and new at each sign-in', async (world) => {
    const person = await world.person([]);
    const answers = [];
    for (const _ of [1, 2]) {
      const answer = await world.send('POST', '/api/v1/session', { 'Content-Type': 'application/json', Cookie: person.cookie },
        JSON.stringify({ login: person.name, password }));
      answers.push(answer.headers['set-cookie'][0]);
    }
    ok(/HttpOnly/.test(answers[0]) && /SameSite=Lax/.test(answers[0]) && /Path=\//.test(answers[0]));
    ok(!/Secure/.test(answers[0]));
    notStrictEqual(answers[0], answers[1]);
    notStrictEqual(answers[0].split(';')[0], person.cookie);
    await world.forgetEvents();
  });

  scenario.test('a wrong login and a wrong password look the same', async (world) => {
    const person = await world.person([]);
    const nobody = world.client();
    const one = await nobody.post('/session', { login: person.name, password: 'wrong password' }, { status: 401, code: 'session.wrong_password' });
    const other = await nobody.post('/session', { login: 'nobody-of-that-name', password: 'wrong password' }, { status: 401 });
    delete one.request;
    delete other.request;
    strictEqual(JSON.stringify(one), JSON.stringify(other));
  });

  scenario.test('somebody inactive is out at once and stays out', async (world) => {
    const person = await world.person(['agent']);
    await world.admin.patch(`/user/${person.id}`, { active: false }, { body: { active: false }, events: ['user.sessions_ended', 'user.updated'] });
    await person.get('/session', { status: 401 });
    await world.client().post('/session', { login: person.name, password }, { status: 401, code: 'session.wrong_password' });
  });

  scenario.test('writes need the token of the session', async (world) => {
    const person = await world.person(['agent']);
    const stranger = await world.person(['agent']);
    const values = { name: 'Somebody', phone: '13800000001' };
    for (const token of [null, '', 'wrong', stranger.csrf]) {
      await person.post('/customer', values, { status: 403, code: 'session.csrf', headers: { 'X-CSRF-Token': token } });
    }
    await person.post('/customer', values, { body: { name: 'Somebody' }, events: ['customer.created'] });
    // A form of another site can't send JSON, and other types aren't taken.
    await person.post('/customer', values, { status: 415, code: 'request.not_json', type: 'text/plain' });
    await person.post('/customer', values, { status: 415, type: 'application/x-www-form-urlencoded' });
  });

  scenario.test('a password is changed by who knows the old one; the other sessions end', async (world) => {
    const person = await world.person([]);
    const elsewhere = await world.client('elsewhere').signIn(person.name, password);
    const change = (body, options) => person.put('/session/password', body, options);
    await change({ old: 'wrong', new: 'a quite new password' }, { status: 422, code: 'password.wrong_old' });
    await change({ old: password, new: 'short' }, { status: 422, code: 'password.too_short' });
    await change({ old: password, new: 'Password123' }, { status: 422, code: 'password.common' });
    await change({ old: password, new: password }, { status: 422, code: 'password.same' });
    await change({ old: password, new: 'a quite new password' }, { status: 204, events: ['user.sessions_ended', 'user.password_changed'] });
    await person.get('/session');
    await elsewhere.get('/session', { status: 401 });
    await world.client().post('/session', { login: person.name, password }, { status: 401 });
    await world.client().signIn(person.name, 'a quite new password');
  });

  scenario.test('a password given by others has to be changed first', async (world) => {
    const person = await world.person(['agent']);
    await world.admin.post(`/user/${person.id}/password`, { password: 'given by somebody', must_change: true }, { status: 204, events: ['user.sessions_ended', 'user.password_changed'] });
    const back = await world.client('back').signIn(person.name, 'given by somebody');
    await back.get('/session', { body: { user: { must_change_password: true } } });
    await back.get('/customer', { status: 403, code: 'session.must_change_password' });
    await back.put('/session/password', { old: 'given by somebody', new: 'chosen by myself' }, { status: 204, events: ['user.password_changed'] });
    await back.get('/customer');
  });

  scenario.test('preferences come back; the language is taken from them', async (world) => {
    const person = await world.person(['agent']);
    await person.put('/session/preferences', { locale: 'zh-CN', theme: 'dark', table_columns: { ticket: ['number'] } }, { events: ['user.preferences_changed'] });
    await person.get('/session', { body: { preferences: { theme: 'dark' }, user: { locale: 'zh-CN' } } });
    await person.get('/nothing_like_it', { status: 404, body: { message: /[一-鿿]/ } });
    await person.put('/session/preferences', { locale: 'en' }, { events: ['user.preferences_changed'] });
    await person.put('/session/preferences', { locale: 'tlh' }, { status: 422, code: 'field.choice' });
    await person.put('/session/preferences', { big: 'x'.repeat(40_000) }, { status: 413 });
  });

  scenario.test('an administrator ends the sessions of others', async (world) => {
    const person = await world.person([]);
    await world.admin.post(`/user/${person.id}/sign_out`, {}, { status: 204, events: ['user.sessions_ended'] });
    await person.get('/session', { status: 401 });
  });

  scenario.test('after five failures the login is locked for this address, whether it exists or not', async (world) => {
    const person = await world.person([]);
    for (const login of [person.name, 'no-such-person']) {
      for (let i = 0; i < 4; i++) {
        await world.client().post('/session', { login, password: 'wrong' }, { status: 401 });
      }
      await world.client().post('/session', { login, password: 'wrong' }, { status: 401, events: ['session.locked'] });
      await world.client().post('/session', { login, password: 'wrong' }, {
        status: 429, code: 'session.locked', body: { details: { retry_after: (s) => s > 0 && s <= 30 } },
      });
    }
    await world.client().post('/session', { login: person.name, password }, { status: 429 });
    await person.get('/session'); // who is in stays in
    await world.person([]); // others sign in as before
  });

  scenario.test('an address that tries too often has to wait', async (world) => {
    let refused = 0;
    for (let i = 0; i < 80 && !refused; i++) {
      const answer = await world.send('POST', '/api/v1/session', { 'Content-Type': 'application/json' }, '{"login":1}');
      if (answer.status === 429) {
        refused++;
        ok(Number(answer.headers['retry-after']) >= 1);
        strictEqual(answer.body.code, 'rate.limited');
      } else strictEqual(answer.status, 422);
    }
    strictEqual(refused, 1);
  });
}
