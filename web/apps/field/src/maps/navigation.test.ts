import type { Geolocation } from '@hougu/api/types';
import { describe, expect, it } from 'vitest';
import { bd09ToGcj02 } from './datum';
import { addressText, navigationUrl } from './navigation';

const address = {
  code: '440305',
  province: '广东省',
  city: '深圳市',
  district: '南山区',
  street: '科技园路1号,3栋',
};
const parts = (url: string | null) => {
  const parsed = new URL(url ?? '');
  return { path: parsed.origin + parsed.pathname, ...Object.fromEntries(parsed.searchParams) };
};

describe('the way to the customer', () => {
  it('says the coordinate system of a GPS position', () => {
    const place: Geolocation = { lat: 22.54321098765, lng: 113.9454321, datum: 'wgs84' };
    expect(parts(navigationUrl(place, address))).toEqual({
      path: 'https://uri.amap.com/navigation',
      to: '113.945432,22.543211,广东省深圳市南山区科技园路1号 3栋',
      mode: 'car',
      coordinate: 'wgs84',
      src: 'hougu',
      callnative: '1',
    });
  });
  it('takes GCJ-02 as it is', () => {
    const place: Geolocation = { lat: 39.915, lng: 116.404, datum: 'gcj02' };
    expect(parts(navigationUrl(place, null))).toMatchObject({
      to: '116.404,39.915',
      coordinate: 'gaode',
    });
  });
  it('turns BD-09 into GCJ-02', () => {
    const place: Geolocation = { lat: 39.915, lng: 116.404, datum: 'bd09' };
    expect(parts(navigationUrl(place, null))).toMatchObject({
      to: '116.397627,39.908657',
      coordinate: 'gaode',
    });
  });
  it('searches the address where no position is known', () => {
    const empty: Geolocation = { lat: 0, lng: 0, datum: 'wgs84' };
    expect(parts(navigationUrl(empty, address))).toEqual({
      path: 'https://uri.amap.com/search',
      keyword: '广东省深圳市南山区科技园路1号,3栋',
      src: 'hougu',
      callnative: '1',
      city: '深圳市',
    });
    expect(navigationUrl(null, null)).toBeNull();
    expect(navigationUrl(null, { code: null, street: ' ' })).toBeNull();
  });
});

describe('addresses', () => {
  it('names a city that is its own province once', () => {
    expect(
      addressText({
        code: '110105',
        province: '北京市',
        city: '北京市',
        district: '朝阳区',
        street: '建国路',
      }),
    ).toBe('北京市朝阳区建国路');
    expect(addressText('上海市')).toBe('上海市');
    expect(addressText(null)).toBe('');
  });
});

it('BD-09 becomes GCJ-02 as published', () => {
  const { lat, lng } = bd09ToGcj02({ lat: 39.92133699351021, lng: 116.41036949371029 });
  expect(lat).toBeCloseTo(39.915, 5);
  expect(lng).toBeCloseTo(116.404, 5);
});
