import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { CameraIcon, CloseIcon, RetryIcon } from '../parts/icons';
import { useText } from '../text/text';
import type { Photo, PhotoQueue } from './photo_queue';

export function usePhotos(queue: PhotoQueue): Photo[] {
  useEffect(() => {
    const again = () => queue.retryLost();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [queue]);
  return useSyncExternalStore(queue.subscribe, queue.snapshot);
}

function Tile({ photo, queue }: { photo: Photo; queue: PhotoQueue }) {
  const { t } = useText();
  const percent = Math.round(photo.progress * 100);
  const busy =
    photo.state === 'preparing' || photo.state === 'waiting' || photo.state === 'sending';
  return (
    <li className="photo" data-state={photo.state}>
      {photo.thumbnail ? (
        <img src={photo.thumbnail} alt={photo.name} />
      ) : (
        <span className="photo-blank" />
      )}
      {busy && (
        <progress
          className="photo-progress"
          max={100}
          value={percent}
          aria-label={t('portal.photos.sending', { name: photo.name })}
        />
      )}
      {photo.state === 'failed' && (
        <button
          type="button"
          className="photo-retry"
          onClick={() => queue.retry(photo.key)}
          disabled={photo.fault === 'type'}
        >
          {photo.fault !== 'type' && <RetryIcon />}
          <span>
            {photo.fault === 'type' ? t('portal.photos.notPicture') : t('portal.photos.retry')}
          </span>
        </button>
      )}
      <button
        type="button"
        className="photo-remove"
        aria-label={t('portal.photos.remove', { name: photo.name })}
        onClick={() => queue.remove(photo.key)}
      >
        <CloseIcon />
      </button>
    </li>
  );
}

// The camera and the gallery are one input: phones ask which of them themselves.
export function PhotoField(props: {
  queue: PhotoQueue;
  label: string;
  hint?: string;
  compact?: boolean;
}) {
  const { queue } = props;
  const { t } = useText();
  const photos = usePhotos(queue);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [left, setLeft] = useState(0);

  const failed = photos.find((photo) => photo.state === 'failed');
  const full = photos.length >= queue.limit;
  return (
    <fieldset className={props.compact ? 'photos photos-compact' : 'photos'}>
      <legend>{props.label}</legend>
      {props.hint && <p className="hint">{props.hint}</p>}
      <ul className="photo-list">
        {photos.map((photo) => (
          <Tile key={photo.key} photo={photo} queue={queue} />
        ))}
        {!full && (
          <li className="photo-add">
            <button type="button" onClick={() => input.current?.click()}>
              <CameraIcon />
              <span>{t('portal.photos.add')}</span>
              <small>
                {t('portal.photos.count', { count: photos.length, limit: queue.limit })}
              </small>
            </button>
          </li>
        )}
      </ul>
      <input
        ref={input}
        id={id}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t('portal.photos.add')}
        onChange={(event) => {
          const files = Array.from(event.target.files ?? [], (file) => ({
            blob: file,
            name: file.name,
          }));
          setLeft(queue.add(files));
          event.target.value = '';
        }}
      />
      <div aria-live="polite" className="field-error">
        {left > 0 && <p>{t('portal.photos.tooMany', { limit: queue.limit, left })}</p>}
        {failed && (
          <p>
            {failed.fault === 'other' && failed.message
              ? failed.message
              : t(`portal.photos.fault.${failed.fault ?? 'other'}`)}
          </p>
        )}
      </div>
    </fieldset>
  );
}
