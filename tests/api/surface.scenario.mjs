// What is there without signing in: description, documentation page, health, metrics, pages.
import { ok, strictEqual } from 'node:assert';

const operations = (document) => Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

function checkReferences(document, value, place = '#') {
  if (Array.isArray(value)) value.forEach((one, i) => checkReferences(document, one, `${place}/${i}`));
  else if (value && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref' && typeof inner === 'string') {
        ok(inner.startsWith('#/'), `${place}: ${inner}`);
        const target = inner.slice(2).split('/').reduce((at, part) => at?.[part], document);
        ok(target !== undefined, `${place} refers to ${inner}, which is not there`);
      } else checkReferences(document, inner, `${place}/${key}`);
    }
  }
}

export default function surface(scenario) {
  scenario.test('the description is valid OpenAPI 3.1 and covers every entity', async (world) => {
    const { body: document, headers } = await world.send('GET', '/api/openapi.json', {});
    ok(/application\/json/.test(headers['content-type']));
    strictEqual(document.openapi, '3.1.0');
    ok(document.info.title && document.info.version);
    checkReferences(document, document);
    const ids = new Set();
    for (const { path, method, operation } of operations(document)) {
      const what = `${method} ${path}`;
      ok(path.startsWith('/api/v1/'), what);
      ok(['get', 'post', 'put', 'patch', 'delete'].includes(method), what);
      ok(operation.operationId && !ids.has(operation.operationId), `${what}: operationId ${operation.operationId}`);
      ids.add(operation.operationId);
      ok(operation.responses.default && Object.keys(operation.responses).length >= 2, what);
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
      const declared = operation.parameters.filter((one) => one.in === 'path');
      strictEqual(declared.map((one) => one.name).sort().join(), named.join(), what);
      ok(declared.every((one) => one.required === true), what);
      ok(!/^api\./.test(operation.summary), what);
    }
    const { entities } = await world.admin.get('/entities');
    for (const { name, fields } of entities) {
      ok(document.paths[`/api/v1/${name}`], name);
      const schema = document.components.schemas[name];
      for (const field of fields) ok(schema.properties[field.name], `${name}.${field.name}`);
      ok(document.components.schemas[`${name}_input`], name);
    }
    for (const path of ['/api/v1/session', '/api/v1/ticket/{id}/timeline', '/api/v1/portal/report']) ok(document.paths[path], path);
  });

  scenario.test('every described GET without parameters answers', async (world) => {
    const { body: document } = await world.send('GET', '/api/openapi.json', {});
    for (const { path, method } of operations(document)) {
      if (method !== 'get' || path.includes('{') || /\/(live|export|label|portal\/logo)$/.test(path)) continue;
      const answer = await world.send('GET', path, { Cookie: world.admin.cookie });
      ok(answer.status === 200 || answer.status === 422, `${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    }
  });

  scenario.test('the documentation page needs nothing from elsewhere', async (world) => {
    const page = await world.send('GET', '/api/docs', { 'Accept-Language': 'en' });
    strictEqual(page.status, 200);
    ok(/text\/html/.test(page.headers['content-type']));
    ok(!/\{\{|(src|href)="https?:/.test(page.text));
    ok(/lang="en"/.test(page.text));
    ok(/frame-ancestors 'none'/.test(page.headers['content-security-policy']));
    const chinese = await world.send('GET', '/api/docs', { 'Accept-Language': 'zh-CN' });
    ok(/接口/.test(chinese.text));
    strictEqual((await world.send('GET', '/api/docs.js', {})).status, 200);
  });

  scenario.test('health and metrics', async (world) => {
    strictEqual((await world.send('GET', '/healthz', {})).body.status, 'ok');
    strictEqual((await world.send('GET', '/readyz', {})).body.status, 'ready');
    const { text } = await world.send('GET', '/metrics', {});
    for (const wanted of ['hougu_http_requests_total{route="ready",status="200"} 1', 'hougu_http_request_seconds_bucket', 'hougu_db_commits_total', 'hougu_event_streams 0']) {
      ok(text.includes(wanted), wanted);
    }
    for (const line of text.trim().split('\n')) ok(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [-+.\deE]+)$/.test(line), line);
  });

  scenario.test('unknown paths and methods', async (world) => {
    const nobody = world.client();
    await nobody.get('//api/v2/ticket', { status: 404, code: 'path_unknown' });
    await nobody.get('//api', { status: 404 });
    const wrong = await world.send('DELETE', '/api/v1/ticket', {});
    strictEqual(wrong.status, 405);
    ok(/GET/.test(wrong.headers.allow) && /POST/.test(wrong.headers.allow));
    const head = await world.send('HEAD', '/healthz', {});
    strictEqual(head.status, 200);
    strictEqual(head.text, '');
  });

  scenario.test('answers carry a request id, no cache and no sniffing; errors speak the language asked for', async (world) => {
    const answer = await world.send('GET', '/api/v1/session', { 'X-Request-Id': 'my-own-id-1', 'Accept-Language': 'zh-CN,en;q=0.5' });
    strictEqual(answer.headers['x-request-id'], 'my-own-id-1');
    strictEqual(answer.body.request, 'my-own-id-1');
    strictEqual(answer.headers['x-content-type-options'], 'nosniff');
    strictEqual(answer.headers['cache-control'], 'no-store');
    ok(/[一-鿿]/.test(answer.body.message));
    const english = await world.send('GET', '/api/v1/session', { 'Accept-Language': 'en-GB' });
    ok(/sign in/i.test(english.body.message));
  });
}
