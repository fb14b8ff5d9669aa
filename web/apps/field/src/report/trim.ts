// A signature without the empty paper around it, whichever way the phone was held.

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What of the picture bears ink (alpha above zero), or null for an empty one. `alpha`: row by row. */
export function inkBox(alpha: Uint8ClampedArray, width: number, height: number): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!alpha[y * width + x]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

const margin = 16;

export async function trimmed(signature: File): Promise<File> {
  // phones of before 2023 keep the paper
  if (typeof OffscreenCanvas === 'undefined') return signature;
  const bitmap = await createImageBitmap(signature).catch(() => null);
  if (!bitmap) return signature;
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return signature;
  pen.drawImage(bitmap, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const box = inkBox(
    data.filter((_, index) => index % 4 === 3),
    width,
    height,
  );
  if (!box) return signature;
  const cut = new OffscreenCanvas(box.width + 2 * margin, box.height + 2 * margin);
  cut.getContext('2d')?.drawImage(bitmap, margin - box.left, margin - box.top);
  bitmap.close();
  return new File([await cut.convertToBlob({ type: 'image/png' })], signature.name, {
    type: 'image/png',
  });
}
