// Where the phone is, as browsers tell it: WGS-84. Without permission, or on plain http, nothing.
import type { Geolocation as Place } from '@hougu/api/types';

const waitMs = 8_000;

export function currentPosition(): Promise<Place | null> {
  const { geolocation } = navigator;
  if (!geolocation) return Promise.resolve(null);
  return new Promise((resolve) => {
    // some phones answer neither way while the question for permission is open
    const timer = setTimeout(() => resolve(null), waitMs + 1_000);
    const done = (place: Place | null) => {
      clearTimeout(timer);
      resolve(place);
    };
    geolocation.getCurrentPosition(
      ({ coords }) =>
        done({
          lat: Number(coords.latitude.toFixed(6)),
          lng: Number(coords.longitude.toFixed(6)),
          datum: 'wgs84',
        }),
      () => done(null),
      { enableHighAccuracy: true, timeout: waitMs, maximumAge: 60_000 },
    );
  });
}
