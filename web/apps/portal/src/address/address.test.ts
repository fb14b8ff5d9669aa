import { afterEach, expect, it, vi } from 'vitest';
import { pathTo, spoken } from './divisions';
import { readPasted } from './pasted';

const tree = [
  {
    code: '110000',
    name: '北京市',
    children: [{ code: '110100', name: '市辖区', children: [{ code: '110105', name: '朝阳区' }] }],
  },
  {
    code: '440000',
    name: '广东省',
    children: [
      { code: '440300', name: '深圳市', children: [{ code: '440305', name: '南山区' }] },
      { code: '441900', name: '东莞市' },
    ],
  },
];

afterEach(() => vi.unstubAllGlobals());

it('hides the levels that nobody names', () => {
  const shown = spoken(tree);
  expect(shown[0]?.children).toEqual([{ code: '110105', name: '朝阳区' }]);
  expect(pathTo(shown, '110105').map((division) => division.name)).toEqual(['北京市', '朝阳区']);
  expect(pathTo(shown, '441900').map((division) => division.code)).toEqual(['440000', '441900']);
  expect(pathTo(shown, '999999')).toEqual([]);
});

it('fills name, telephone, district and street from what was pasted', async () => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(tree)));
  const found = await readPasted('张三 138 1234 5678 广东省深圳市南山区科技园路1号', 'zh-CN');
  expect(found).toEqual({
    name: '张三',
    phone: '13812345678',
    code: '440305',
    names: '广东省 深圳市 南山区',
    street: '科技园路1号',
  });
  expect(await readPasted('你好,在吗?', 'zh-CN')).toMatchObject({
    phone: '',
    code: '',
    street: '',
  });
});
