// Uploads of pictures, by XMLHttpRequest since fetch tells nothing about the progress of sending.
import { errorOf, RequestError } from './request';

export interface Uploaded {
  id: string;
  name: string;
  url: string;
  thumbnail_url?: string;
}

export function uploadPhoto(
  blob: Blob,
  name: string,
  options: {
    locale: string;
    key: string;
    onProgress: (share: number) => void;
    signal: AbortSignal;
  },
): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', '/api/v1/portal/attachment');
    call.setRequestHeader('Content-Type', blob.type || 'application/octet-stream');
    call.setRequestHeader('X-File-Name', encodeURIComponent(name));
    call.setRequestHeader('Accept-Language', options.locale);
    call.setRequestHeader('Idempotency-Key', options.key);
    call.timeout = 180_000;
    call.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress(event.loaded / event.total);
    };
    const lost = () => reject(new RequestError(0, 'network', ''));
    call.onerror = lost;
    call.ontimeout = lost;
    call.onabort = lost;
    call.onload = () => {
      if (call.status >= 400) return reject(errorOf(call.status, call.responseText));
      try {
        resolve(JSON.parse(call.responseText) as Uploaded);
      } catch {
        lost();
      }
    };
    options.signal.addEventListener('abort', () => call.abort());
    call.send(blob);
  });
}
