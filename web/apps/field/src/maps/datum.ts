// From one coordinate system to another. GPS and browsers give WGS-84; Chinese maps draw GCJ-02;
// Baidu's own is BD-09, a further shift of GCJ-02.

export interface Point {
  lat: number;
  lng: number;
}

const turn = (Math.PI * 3000) / 180;

// The published inverse of Baidu's shift; right to within a metre.
export function bd09ToGcj02({ lat, lng }: Point): Point {
  const x = lng - 0.0065;
  const y = lat - 0.006;
  const z = Math.sqrt(x * x + y * y) - 0.00002 * Math.sin(y * turn);
  const theta = Math.atan2(y, x) - 0.000003 * Math.cos(x * turn);
  return { lat: z * Math.sin(theta), lng: z * Math.cos(theta) };
}
