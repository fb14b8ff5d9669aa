// Files to the server, with progress, and pictures made smaller before they travel.
import { ApiError, apiUrl, OfflineError, requestHeaders } from './client';
import type { FileRef } from './types';

export interface UploadOptions {
  /** Path under /api/v1; the portal has its own. */
  path?: string;
  /** 0…1 */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Sends one file. Throws ApiError or OfflineError; an abort rejects with an AbortError. */
export function uploadFile(
  file: Blob & { name?: string },
  options: UploadOptions = {},
): Promise<FileRef> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(options.path ?? '/attachment'));
    for (const [name, value] of Object.entries(requestHeaders('POST')))
      request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name || 'file'));
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as FileRef);
      else if (request.status === 502 || request.status === 504) reject(new OfflineError());
      else
        reject(
          new ApiError(request.status, (body ?? {}) as ConstructorParameters<typeof ApiError>[1]),
        );
    };
    request.onerror = () => reject(new OfflineError());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    options.signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/**
 * A photo with its longer side at most `longest` pixels, as JPEG. What is no picture, is small
 * already, or can't be read by this browser is answered as it came.
 */
export async function shrinkImage(file: File, longest = 1920): Promise<File> {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(
    () => null,
  );
  if (!bitmap) return file;
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size < 1_500_000 && file.type !== 'image/heic') {
    bitmap.close();
    return file;
  }
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' });
}
