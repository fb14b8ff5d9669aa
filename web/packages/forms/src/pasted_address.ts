// Takes apart what people paste from chats and shops: a name, a phone number, a region and a street,
// in any order, with or without labels and separators.
import type { Division } from '@hougu/api/types';
import words from './address_words.json';

export interface PastedAddress {
  name: string | null;
  phone: string | null;
  /** From the province down to the deepest division that was named. */
  region: Division[];
  street: string | null;
}

const mobile = /(?<![\d])(?:\+?86[\s-]?)?(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?!\d)/;
const landline = /(?<!\d)(0\d{2,3})[\s-]?(\d{7,8})(?!\d)/;
const service = /(?<!\d)([48]00)[\s-]?(\d{3})[\s-]?(\d{4})(?!\d)/;

function takePhone(text: string): { phone: string | null; rest: string } {
  for (const [pattern, join] of [
    [mobile, ''],
    [service, ''],
    [landline, '-'],
  ] as const) {
    const match = pattern.exec(text);
    if (match) {
      const rest = `${text.slice(0, match.index)}\n${text.slice(match.index + match[0].length)}`;
      return { phone: match.slice(1).filter(Boolean).join(join), rest };
    }
  }
  return { phone: null, rest: text };
}

/** A name without its ending: what people leave out. Null when too little would stay. */
function shortName(name: string): string | null {
  const ending = words.endings.find((one) => name.endsWith(one) && name.length - one.length >= 2);
  return ending ? name.slice(0, name.length - ending.length) : null;
}

interface Found {
  division: Division;
  start: number;
  end: number;
}

function findIn(
  divisions: Division[],
  text: string,
  from: number,
  to: number,
  short: boolean,
): Found | null {
  let best: Found | null = null;
  const area = text.slice(from, to);
  for (const division of divisions) {
    for (const name of [division.name, short ? shortName(division.name) : null]) {
      if (!name) continue;
      const at = area.indexOf(name);
      if (at < 0) continue;
      const found = { division, start: from + at, end: from + at + name.length };
      const better =
        !best || found.start < best.start || (found.start === best.start && found.end > best.end);
      if (better) best = found;
      break;
    }
  }
  return best;
}

// A lower division is named right behind the one above it, but for separators and repetitions.
const gap = 6;

function descend(
  path: Division[],
  divisions: Division[],
  text: string,
  end: number,
): { path: Division[]; end: number } {
  const found = findIn(divisions, text, end, Math.min(text.length, end + 16), true);
  if (found && found.start - end <= gap) {
    return descend([...path, found.division], found.division.children ?? [], text, found.end);
  }
  // A level may be left out: look among the grandchildren.
  for (const division of divisions) {
    const deeper = findIn(
      division.children ?? [],
      text,
      end,
      Math.min(text.length, end + 16),
      false,
    );
    if (deeper && deeper.start - end <= gap) {
      return descend(
        [...path, division, deeper.division],
        deeper.division.children ?? [],
        text,
        deeper.end,
      );
    }
  }
  return { path, end };
}

function takeRegion(
  text: string,
  divisions: Division[],
): { region: Division[]; start: number; end: number } | null {
  const province = findIn(divisions, text, 0, text.length, true);
  if (province) {
    const { path, end } = descend(
      [province.division],
      province.division.children ?? [],
      text,
      province.end,
    );
    return { region: path, start: province.start, end };
  }
  // No province: a city, then a district named in full.
  for (const above of divisions) {
    const city = findIn(above.children ?? [], text, 0, text.length, true);
    if (city && (above.children?.length ?? 0) > 0) {
      const { path, end } = descend(
        [above, city.division],
        city.division.children ?? [],
        text,
        city.end,
      );
      return { region: path, start: city.start, end };
    }
  }
  for (const above of divisions) {
    for (const city of above.children ?? []) {
      const district = findIn(city.children ?? [], text, 0, text.length, false);
      if (district)
        return {
          region: [above, city, district.division],
          start: district.start,
          end: district.end,
        };
    }
  }
  return null;
}

const separators = /[\s,;:|/\\，；：、。]+/u;

function tidy(text: string): string {
  let out = text.normalize('NFKC');
  for (const label of words.labels)
    out = out.replaceAll(new RegExp(`${label}\\s*[:：]`, 'g'), '\n');
  for (const country of words.countries) out = out.replaceAll(country, '');
  return out;
}

function looksLikeName(token: string): boolean {
  return /^[\p{Script=Han}·]{2,5}$/u.test(token) || /^[A-Za-z][A-Za-z .'-]{1,30}$/.test(token);
}

function takeName(text: string): string | null {
  const tokens = text.split(separators).filter(Boolean);
  const honoured = tokens.find((token) => words.honorifics.some((one) => token.endsWith(one)));
  return honoured ?? tokens.find(looksLikeName) ?? null;
}

/** What could be recognised; everything null or empty when nothing was. */
export function readPastedAddress(pasted: string, divisions: Division[]): PastedAddress {
  const { phone, rest } = takePhone(tidy(pasted));
  const found = takeRegion(rest, divisions);
  if (!found) {
    return { name: takeName(rest), phone, region: [], street: null };
  }
  const before = rest.slice(0, found.start);
  const after = rest.slice(found.end).replace(/^[\s,;:|/\\，；：、。-]+/u, '');
  // The street goes on until the line ends (a phone that was cut out ends it too).
  const [line = ''] = after.split('\n');
  const parts = line.split(/[\s,;]+/).filter(Boolean);
  const beyond = after.slice(line.length);
  let name = takeName(before) ?? takeName(beyond);
  const last = parts[parts.length - 1];
  // "… 18号楼 张三": the name stands at the end of the street's line.
  if (!name && parts.length > 1 && last && looksLikeName(last)) {
    name = last;
    parts.pop();
  }
  return {
    name,
    phone,
    region: found.region,
    street: parts.join(' ').replace(/[,;，；、]+$/u, '') || null,
  };
}
