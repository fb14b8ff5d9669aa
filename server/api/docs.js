// Renders /api/openapi.json: operations by tag, and the schemas.
const page = document.getElementById('page');
const words = page.dataset;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function typeText(schema) {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.anyOf || schema.oneOf || schema.allOf) {
    const parts = schema.anyOf || schema.oneOf || schema.allOf;
    return parts.map(typeText).join(schema.allOf ? ' & ' : ' | ');
  }
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const type = [schema.type ?? ''].flat().join(' | ');
  if (type === 'array') return `${typeText(schema.items) || '…'}[]`;
  return [type, schema.format && `(${schema.format})`].filter(Boolean).join(' ');
}

function row(name, required, schema, note) {
  const cells = [
    element('td', {}, element('code', { textContent: name })),
    element('td', { textContent: typeText(schema) }),
    element('td', { textContent: required ? '✓' : '' }),
    element('td', { textContent: note ?? schema?.title ?? '' }),
  ];
  return element('tr', {}, ...cells);
}

function table(rows) {
  const heads = [words.name, words.type, words.required, ''];
  const head = element('tr', {}, ...heads.map((text) => element('th', { textContent: text })));
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}

function schemaView(schema) {
  if (!schema) return [];
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop();
    return [element('p', {}, element('a', { href: `#schema-${name}`, textContent: name }))];
  }
  if (schema.allOf) return schema.allOf.flatMap(schemaView);
  if (schema.properties) {
    const required = new Set(schema.required ?? schema['x-required-on-create'] ?? []);
    const rows = Object.entries(schema.properties).map(([name, part]) =>
      row(name, required.has(name), part, [part.title, part.description].filter(Boolean).join(' — ')),
    );
    return rows.length ? [table(rows)] : [];
  }
  return [element('p', { textContent: typeText(schema) })];
}

function resolve(document_, part) {
  if (!part?.$ref) return part;
  return part.$ref.slice(2).split('/').reduce((at, key) => at?.[key], document_);
}

function operationView(document_, path, method, operation) {
  const inside = element('div');
  const parameters = (operation.parameters ?? []).map((part) => resolve(document_, part));
  if (parameters.length) {
    inside.append(element('h4', { textContent: words.parameters }));
    inside.append(table(parameters.map((one) => row(one.name, one.required, one.schema, one.in))));
  }
  const body = operation.requestBody?.content?.['application/json']?.schema;
  if (body) inside.append(element('h4', { textContent: words.body }), ...schemaView(body));
  inside.append(element('h4', { textContent: words.answer }));
  for (const [status, answer] of Object.entries(operation.responses)) {
    const found = resolve(document_, answer);
    const schema = found?.content?.['application/json']?.schema;
    inside.append(element('p', {}, element('code', { textContent: status }), ` ${found?.description ?? ''}`));
    inside.append(...schemaView(schema));
  }
  const summary = element(
    'summary',
    {},
    element('span', { className: `method ${method.toUpperCase()}`, textContent: method.toUpperCase() }),
    element('code', { textContent: path }),
    element('span', { textContent: operation.summary }),
  );
  return element('details', { id: operation.operationId }, summary, inside);
}

function render(document_) {
  const contents = document.getElementById('contents');
  const sections = new Map();
  for (const [path, methods] of Object.entries(document_.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0];
      if (!sections.has(tag)) {
        const title = document_.components.schemas[tag]?.title;
        const heading = element('h2', { id: `tag-${tag}`, textContent: title ? `${title} ${tag}` : tag });
        sections.set(tag, element('section', {}, heading));
        contents.append(element('a', { href: `#tag-${tag}`, textContent: heading.textContent }));
        page.append(sections.get(tag));
      }
      sections.get(tag).append(operationView(document_, path, method, operation));
    }
  }
  const schemas = element('section', {}, element('h2', { id: 'schemas', textContent: words.schemas }));
  for (const [name, schema] of Object.entries(document_.components.schemas)) {
    const summary = element('summary', {}, element('code', { textContent: name }), schema.title ?? '');
    schemas.append(
      element('details', { id: `schema-${name}` }, summary, element('div', {}, ...schemaView(schema))),
    );
  }
  page.append(schemas);
  contents.append(element('a', { href: '#schemas', textContent: words.schemas }));
}

function filter(text) {
  const wanted = text.trim().toLowerCase();
  for (const section of page.querySelectorAll('section')) {
    let any = false;
    for (const one of section.querySelectorAll('details')) {
      one.hidden = !one.querySelector('summary').textContent.toLowerCase().includes(wanted);
      any ||= !one.hidden;
    }
    section.hidden = !any;
  }
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.tagName === 'DETAILS') target.open = true;
  target?.scrollIntoView();
}

document.getElementById('find').addEventListener('input', (event) => filter(event.target.value));
window.addEventListener('hashchange', openTarget);
fetch('/api/openapi.json', { headers: { 'Accept-Language': document.documentElement.lang } })
  .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
  .then((found) => {
    render(found);
    openTarget();
  })
  .catch(() => page.append(element('p', { role: 'alert', textContent: words.failed })));
