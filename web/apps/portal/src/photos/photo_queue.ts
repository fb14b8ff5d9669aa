// The pictures of one form on their way to the server: two at a time, each with its progress, a retry
// that keeps its key (so a lost answer makes no second file), and what is sent survives a reload.
import { newKey, RequestError } from '../api/request';
import type { Prepared } from './downscale';

export interface SentPhoto {
  // when the server took it (epoch ms): unclaimed pictures don't last there
  at: number;
  id: string;
  name: string;
  thumbnail: string;
}
export type PhotoFault = 'network' | 'type' | 'size' | 'busy' | 'other';
export interface Photo {
  key: string;
  name: string;
  thumbnail: string;
  state: 'preparing' | 'waiting' | 'sending' | 'sent' | 'failed';
  progress: number;
  id: string | null;
  at: number;
  fault: PhotoFault | null;
  // the server's own words for a fault that has no sentence of ours
  message: string;
}
export interface PhotoWork {
  prepare: (file: Blob) => Promise<Prepared>;
  send: (
    blob: Blob,
    name: string,
    key: string,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<{ id: string }>;
}

export function faultOf(error: unknown): PhotoFault {
  if (!(error instanceof RequestError)) return 'other';
  if (error.unanswered) return 'network';
  if (error.status === 413) return 'size';
  if (error.status === 415) return 'type';
  if (error.status === 429 || error.status === 503) return 'busy';
  return 'other';
}

export class PhotoQueue {
  private photos: Photo[];
  private readonly blobs = new Map<string, Blob>();
  private readonly stops = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly work: PhotoWork,
    sent: SentPhoto[],
    readonly limit: number,
    private readonly atOnce = 2,
  ) {
    this.photos = sent.map((photo) => ({
      ...photo,
      key: newKey(),
      state: 'sent',
      progress: 1,
      fault: null,
      message: '',
    }));
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  readonly snapshot = () => this.photos;

  // What fits is taken; the number of those that didn't comes back.
  add(files: { blob: Blob; name: string }[]): number {
    const room = Math.max(0, this.limit - this.photos.length);
    for (const file of files.slice(0, room)) void this.take(file.blob, file.name);
    return Math.max(0, files.length - room);
  }

  retry(key: string) {
    if (!this.blobs.has(key)) return;
    this.change(key, { state: 'waiting', fault: null, message: '', progress: 0 });
    this.next();
  }

  retryLost() {
    for (const photo of this.photos) {
      if (photo.state === 'failed' && (photo.fault === 'network' || photo.fault === 'busy')) {
        this.retry(photo.key);
      }
    }
  }

  remove(key: string) {
    this.stops.get(key)?.abort();
    this.stops.delete(key);
    this.blobs.delete(key);
    this.photos = this.photos.filter((photo) => photo.key !== key);
    this.tell();
    this.next();
  }

  clear() {
    for (const photo of this.photos) this.stops.get(photo.key)?.abort();
    this.stops.clear();
    this.blobs.clear();
    this.photos = [];
    this.tell();
  }

  private async take(blob: Blob, name: string) {
    const key = newKey();
    const photo: Photo = {
      key,
      name,
      thumbnail: '',
      state: 'preparing',
      progress: 0,
      id: null,
      at: 0,
      fault: null,
      message: '',
    };
    this.photos = [...this.photos, photo];
    this.tell();
    if (blob.type !== '' && !blob.type.startsWith('image/')) {
      this.change(key, { state: 'failed', fault: 'type' });
      return;
    }
    const prepared = await this.work.prepare(blob);
    if (!this.photos.some((one) => one.key === key)) return;
    this.blobs.set(key, prepared.blob);
    this.change(key, { state: 'waiting', thumbnail: prepared.thumbnail });
    this.next();
  }

  private next() {
    const running = this.photos.filter((photo) => photo.state === 'sending').length;
    const waiting = this.photos.filter((photo) => photo.state === 'waiting');
    for (const photo of waiting.slice(0, Math.max(0, this.atOnce - running))) void this.send(photo);
  }

  private async send(photo: Photo) {
    const blob = this.blobs.get(photo.key);
    if (!blob) return;
    const stop = new AbortController();
    this.stops.set(photo.key, stop);
    this.change(photo.key, { state: 'sending', progress: 0 });
    try {
      const onProgress = (share: number) => this.change(photo.key, { progress: share });
      const { id } = await this.work.send(blob, photo.name, photo.key, onProgress, stop.signal);
      this.blobs.delete(photo.key);
      this.change(photo.key, { state: 'sent', progress: 1, id, at: Date.now() });
    } catch (error) {
      const message = error instanceof RequestError ? error.message : '';
      this.change(photo.key, { state: 'failed', fault: faultOf(error), message });
    }
    this.stops.delete(photo.key);
    this.next();
  }

  private change(key: string, part: Partial<Photo>) {
    this.photos = this.photos.map((photo) => (photo.key === key ? { ...photo, ...part } : photo));
    this.tell();
  }

  private tell() {
    for (const listener of this.listeners) listener();
  }
}

export function sentPhotos(photos: Photo[]): SentPhoto[] {
  return photos.flatMap(({ id, at, name, thumbnail }) =>
    id === null ? [] : [{ id, at, name, thumbnail }],
  );
}

export const isBusy = (photos: Photo[]) =>
  photos.some(({ state }) => state === 'preparing' || state === 'waiting' || state === 'sending');
