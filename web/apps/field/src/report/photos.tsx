// Pictures from the camera or the gallery, kept on the phone first and sent ahead.
import { CameraOutlined, CloseOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { busyLook } from '../app/busy';
import { type Sending, useKeptUrl, useSendAhead } from '../photos/use_kept_file';
import { type DraftPhoto, photoLimit } from './draft';

interface TileProps {
  photo: DraftPhoto;
  sending: Sending | undefined;
  onRemove: () => void;
}

function Tile({ photo, sending, onRemove }: TileProps): ReactNode {
  const { t } = useText();
  const url = useKeptUrl(photo.key);
  const state = sending?.state ?? 'waiting';
  return (
    <li className="photo" data-state={state}>
      {url && <img src={url} alt={photo.name} />}
      {state === 'sending' && (
        <progress
          max={100}
          value={Math.round((sending?.share ?? 0) * 100)}
          aria-label={t('field.photos.sending', { name: photo.name })}
        />
      )}
      {state === 'refused' && (
        <span className="photo-later photo-refused">{t('field.photos.refused')}</span>
      )}
      {state === 'failed' && <span className="photo-later">{t('field.photos.later')}</span>}
      <Button
        className="photo-remove"
        shape="circle"
        aria-label={t('field.photos.remove', { name: photo.name })}
        icon={<CloseOutlined />}
        onClick={onRemove}
      />
    </li>
  );
}

interface PhotosProps {
  photos: DraftPhoto[];
  onAdd: (files: File[]) => Promise<void>;
  onRemove: (key: string) => void;
}

export function Photos({ photos, onAdd, onRemove }: PhotosProps): ReactNode {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const sending = useSendAhead(photos.map(({ key }) => key));
  const full = photos.length >= photoLimit;
  return (
    <fieldset className="photos">
      <legend>{t('field.photos.label', { count: photos.length, limit: photoLimit })}</legend>
      <ul className="photo-list">
        {photos.map((photo) => (
          <Tile
            key={photo.key}
            photo={photo}
            sending={sending[photo.key]}
            onRemove={() => onRemove(photo.key)}
          />
        ))}
      </ul>
      {!full && (
        <Button
          block
          className="tall"
          loading={busyLook(busy)}
          icon={<CameraOutlined />}
          onClick={() => input.current?.click()}
        >
          {t('field.photos.add')}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t('field.photos.add')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          setBusy(true);
          void onAdd(files).finally(() => setBusy(false));
        }}
      />
    </fieldset>
  );
}
