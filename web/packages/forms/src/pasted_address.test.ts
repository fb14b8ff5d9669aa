import type { Division } from '@hougu/api/types';
import { describe, expect, it } from 'vitest';
import { pathTo, visibleDivisions } from './divisions';
import { readPastedAddress } from './pasted_address';

const raw: Division[] = [
  {
    code: '110000',
    name: '北京市',
    children: [
      {
        code: '110100',
        name: '市辖区',
        children: [
          { code: '110101', name: '东城区' },
          { code: '110105', name: '朝阳区' },
        ],
      },
    ],
  },
  {
    code: '310000',
    name: '上海市',
    children: [
      { code: '310100', name: '市辖区', children: [{ code: '310115', name: '浦东新区' }] },
    ],
  },
  {
    code: '440000',
    name: '广东省',
    children: [
      {
        code: '440300',
        name: '深圳市',
        children: [
          { code: '440305', name: '南山区' },
          { code: '440306', name: '宝安区' },
        ],
      },
      { code: '441900', name: '东莞市' },
    ],
  },
  {
    code: '450000',
    name: '广西壮族自治区',
    children: [{ code: '450100', name: '南宁市', children: [{ code: '450103', name: '青秀区' }] }],
  },
];
const divisions = visibleDivisions(raw);
const read = (text: string) => {
  const { region, ...rest } = readPastedAddress(text, divisions);
  return { ...rest, code: region[region.length - 1]?.code ?? null };
};

describe('a pasted address', () => {
  it.each([
    [
      '张三 13812345678 广东省深圳市南山区科技园路1号A座1201',
      { name: '张三', phone: '13812345678', code: '440305', street: '科技园路1号A座1201' },
    ],
    [
      '收货人: 李小明\n手机号码: 138 1234 5678\n所在地区: 广东省深圳市宝安区\n详细地址: 西乡街道 兴业路3号',
      { name: '李小明', phone: '13812345678', code: '440306', street: '西乡街道 兴业路3号' },
    ],
    [
      '上海浦东新区张江路88弄5号,王女士,021-58881234',
      { name: '王女士', phone: '021-58881234', code: '310115', street: '张江路88弄5号' },
    ],
    [
      '+86 139-0000-1111 北京朝阳区望京街10号 赵六',
      { name: '赵六', phone: '13900001111', code: '110105', street: '望京街10号' },
    ],
    ['深圳南山区科苑路15号', { name: null, phone: null, code: '440305', street: '科苑路15号' }],
    [
      '广西南宁青秀区民族大道1号 欧阳·娜娜 4008001234',
      { name: '欧阳·娜娜', phone: '4008001234', code: '450103', street: '民族大道1号' },
    ],
    [
      '东莞市长安镇振安路2号',
      { name: null, phone: null, code: '441900', street: '长安镇振安路2号' },
    ],
    ['13812345678', { name: null, phone: '13812345678', code: null, street: null }],
    ['', { name: null, phone: null, code: null, street: null }],
  ])('is taken apart: %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('does not take a longer number for a phone', () => {
    expect(read('6222021381234567890').phone).toBeNull();
  });
});

describe('divisions', () => {
  it('hide levels that exist only on paper and find the way to a code', () => {
    expect(divisions[0]?.children?.map((d) => d.name)).toEqual(['东城区', '朝阳区']);
    expect(pathTo(divisions, '310115').map((d) => d.code)).toEqual(['310000', '310115']);
    expect(pathTo(divisions, '999999')).toEqual([]);
  });
});
