import { describe, expect, it } from 'vitest';
import {
  checkMapping,
  guessMapping,
  type ImportColumn,
  type ImportField,
  likelyKeys,
  mappingBody,
  mayStart,
  plainHeader,
  templateCsv,
} from './mapping';

const field = (name: string, label: string, type = 'text', required = false): ImportField => ({
  name,
  label,
  type,
  required,
});
const column = (header: string, guess: string | null = null): ImportColumn => ({
  header,
  samples: [],
  field: guess,
});

const fields = [
  field('serial_number', '序列号', 'serial', true),
  field('product', '产品', 'relation', true),
  field('phone', '联系电话', 'phone'),
  field('installed_on', '安装日期', 'date'),
];

describe('guessing where columns go', () => {
  it('trusts the server first, then labels and names, then beginnings', () => {
    const columns = [
      column('机身码', 'serial_number'),
      column('产品(必填)'),
      column('Installed On'),
      column('联系电话 1'),
      column('备注'),
    ];
    expect(guessMapping(columns, fields)).toEqual([
      'serial_number',
      'product',
      'installed_on',
      'phone',
      null,
    ]);
  });

  it('gives no field to two columns, and none that does not exist', () => {
    const columns = [column('序列号', 'serial_number'), column('序列号'), column('x', 'gone')];
    expect(guessMapping(columns, fields)).toEqual(['serial_number', null, null]);
  });

  it('reads headers without marks and remarks', () => {
    expect(plainHeader(' 安装 日期*(年-月-日)')).toBe('安装日期');
    expect(plainHeader('Serial_Number:')).toBe('serialnumber');
  });
});

describe('keys', () => {
  it('are the unique group that is there, else what is unique by nature', () => {
    const mapping = ['serial_number', 'product', 'phone'];
    expect(likelyKeys(mapping, fields, [['product', 'serial_number']])).toEqual([
      'product',
      'serial_number',
    ]);
    expect(likelyKeys(['phone', 'serial_number'], fields, [['product']])).toEqual([
      'serial_number',
    ]);
    expect(likelyKeys(['installed_on'], fields, [])).toEqual([]);
  });
});

describe('what is wrong with a mapping', () => {
  it('is said before it starts', () => {
    const problems = checkMapping(['phone', 'phone', null], fields, 'both', ['serial_number']);
    expect(problems.twice).toEqual(['phone']);
    expect(problems.missing.map((one) => one.name)).toEqual(['serial_number', 'product']);
    expect(problems.keysNotMapped).toEqual(['serial_number']);
    expect(mayStart(problems)).toBe(false);
    expect(checkMapping([null], fields, 'update', [])).toMatchObject({ empty: true, noKeys: true });
  });

  it('is nothing for a good one', () => {
    const mapping = ['serial_number', null, 'product'];
    expect(mayStart(checkMapping(mapping, fields, 'add', []))).toBe(true);
    expect(mayStart(checkMapping(mapping, fields, 'update', ['serial_number']))).toBe(true);
    expect(mappingBody(mapping)).toEqual({ '0': 'serial_number', '2': 'product' });
  });
});

describe('the template', () => {
  it('keeps commas and quotes within their cell', () => {
    expect(templateCsv(['序列号', 'a,b', 'c"d'])).toBe('\uFEFF序列号,"a,b","c""d"\r\n');
  });
});
