// Links that open AMap with the way to a customer: its app where there is one, else its page.
// Without a position, a search for the address. https://lbs.amap.com/api/uri-api/guide/travel/route
import type { Address, Geolocation } from '@hougu/api/types';
import { bd09ToGcj02, type Point } from './datum';

const page = 'https://uri.amap.com';
const source = 'hougu';

export function addressText(address: Address | string | null | undefined): string {
  if (!address) return '';
  if (typeof address === 'string') return address.trim();
  const { province, city, district, street } = address;
  // Beijing is its own city, and cities without districts repeat their name
  const names = [province, city, district, street]
    .map((part) => part?.trim() ?? '')
    .filter(Boolean);
  return names.filter((name, index) => name !== names[index - 1]).join('');
}

function isPosition(place: Geolocation | null | undefined): place is Geolocation {
  return (
    typeof place?.lat === 'number' &&
    typeof place.lng === 'number' &&
    Math.abs(place.lat) <= 90 &&
    Math.abs(place.lng) <= 180 &&
    // the sea off Africa is what an empty position looks like
    !(place.lat === 0 && place.lng === 0)
  );
}

/** AMap understands two systems; Baidu's is turned into the second. */
export function amapPoint(place: Geolocation): { point: Point; coordinate: 'wgs84' | 'gaode' } {
  if (place.datum === 'wgs84') return { point: place, coordinate: 'wgs84' };
  return { point: place.datum === 'bd09' ? bd09ToGcj02(place) : place, coordinate: 'gaode' };
}

const six = (value: number) => String(Number(value.toFixed(6)));

/** Null where neither position nor address is known. */
export function navigationUrl(
  location: Geolocation | null | undefined,
  address: Address | string | null | undefined,
): string | null {
  const words = addressText(address);
  if (isPosition(location)) {
    const { point, coordinate } = amapPoint(location);
    // a comma would end the name
    const name = words.replace(/[,\uff0c]/g, ' ').slice(0, 60);
    const to = [six(point.lng), six(point.lat), name].filter(Boolean).join(',');
    const query = new URLSearchParams({
      to,
      mode: 'car',
      coordinate,
      src: source,
      callnative: '1',
    });
    return `${page}/navigation?${query}`;
  }
  if (!words) return null;
  const city =
    typeof address === 'object' && address !== null ? address.city || address.province : '';
  const query = new URLSearchParams({ keyword: words, src: source, callnative: '1' });
  if (city) query.set('city', city);
  return `${page}/search?${query}`;
}
