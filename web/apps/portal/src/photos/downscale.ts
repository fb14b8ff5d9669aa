// Makes a picture small enough for a slow line before it is sent: at most 1920 px on its longer side,
// as JPEG, upright as the camera meant it. What can't be decoded here (some HEIC) goes as it is.
export const longestSide = 1920;
const goodEnoughBytes = 400_000;

export interface Prepared {
  blob: Blob;
  // a few kilobytes as a data URL: what a draft keeps to show again after a reload
  thumbnail: string;
}

export function fitted(width: number, height: number, longest: number) {
  const factor = Math.min(1, longest / Math.max(width, height, 1));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

export function shouldShrink(bytes: number, type: string, width: number, height: number): boolean {
  if (Math.max(width, height) > longestSide) return true;
  return bytes > goodEnoughBytes && type !== 'image/gif';
}

function drawn(bitmap: ImageBitmap, longest: number): HTMLCanvasElement | null {
  const size = fitted(bitmap.width, bitmap.height, longest);
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  // a transparent screenshot turns white, not black
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, size.width, size.height);
  pen.drawImage(bitmap, 0, 0, size.width, size.height);
  return canvas;
}

function asJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

export async function prepare(file: Blob): Promise<Prepared> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return { blob: file, thumbnail: '' };
  }
  try {
    const thumbnail = drawn(bitmap, 160)?.toDataURL('image/jpeg', 0.6) ?? '';
    if (!shouldShrink(file.size, file.type, bitmap.width, bitmap.height))
      return { blob: file, thumbnail };
    const canvas = drawn(bitmap, longestSide);
    const small = canvas ? await asJpeg(canvas, 0.82) : null;
    return { blob: small && small.size < file.size ? small : file, thumbnail };
  } finally {
    bitmap.close();
  }
}
