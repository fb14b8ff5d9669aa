// Rich text as the server allows it (docs/schema.md); the server cleans on write, this cleans what
// is shown and what is pasted.
const allowed = new Set([
  'P',
  'BR',
  'B',
  'I',
  'U',
  'S',
  'UL',
  'OL',
  'LI',
  'H3',
  'H4',
  'BLOCKQUOTE',
  'A',
  'CODE',
  'PRE',
]);
const renamed: Record<string, string> = {
  STRONG: 'b',
  EM: 'i',
  DIV: 'p',
  H1: 'h3',
  H2: 'h3',
  DEL: 's',
};
const dropped = new Set([
  'SCRIPT',
  'STYLE',
  'TEMPLATE',
  'IFRAME',
  'OBJECT',
  'SVG',
  'MATH',
  'NOSCRIPT',
]);

function copyInto(from: Node, to: Node, page: Document): void {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      to.appendChild(page.createTextNode(child.textContent ?? ''));
    } else if (child instanceof Element) {
      const tag = child.tagName.toUpperCase();
      if (dropped.has(tag)) continue;
      const name = renamed[tag] ?? (allowed.has(tag) ? tag.toLowerCase() : null);
      if (!name) {
        copyInto(child, to, page);
        continue;
      }
      const copy = page.createElement(name);
      const href = child.getAttribute('href')?.trim() ?? '';
      if (name === 'a' && /^(https?:\/\/|mailto:)/i.test(href)) {
        copy.setAttribute('href', href);
        copy.setAttribute('target', '_blank');
        copy.setAttribute('rel', 'noopener noreferrer');
      }
      copyInto(child, copy, page);
      to.appendChild(copy);
    }
  }
}

/** Only what the allow-list holds, without any attribute but a safe href. */
export function cleanHtml(html: string): string {
  const source = new DOMParser().parseFromString(html, 'text/html');
  const page = document.implementation.createHTMLDocument('');
  copyInto(source.body, page.body, page);
  return page.body.innerHTML;
}

/** The words alone. */
export function htmlText(html: string): string {
  const source = new DOMParser().parseFromString(
    html.replace(/<(br|\/p|\/li|\/h[34])\b/gi, ' <$1'),
    'text/html',
  );
  return (source.body.textContent ?? '').replace(/\s+/g, ' ').trim();
}
