// What a scanned or typed code means: a device's own address (its QR label), or its serial number.
import type { Condition } from '@hougu/api/types';

export type Code = { kind: 'token'; token: string } | { kind: 'serial'; serial: string };

const labelPath = /^\/s\/([A-Za-z0-9._~-]{1,64})\/?$/;

export function readCode(text: string): Code | null {
  const typed = text.normalize('NFKC').trim();
  if (!typed) return null;
  try {
    const url = new URL(typed);
    const token = labelPath.exec(url.pathname)?.[1];
    if (token) return { kind: 'token', token };
    if (url.protocol === 'http:' || url.protocol === 'https:') return null;
  } catch {
    const token = labelPath.exec(typed)?.[1];
    if (token) return { kind: 'token', token };
  }
  const serial = typed.replace(/\s+/g, '').toUpperCase();
  return serial.length <= 64 ? { kind: 'serial', serial } : null;
}

export function conditionOf(code: Code): Condition {
  return code.kind === 'token'
    ? { field: 'qr_token', op: 'eq', value: code.token }
    : { field: 'serial_number', op: 'eq', value: code.serial };
}
