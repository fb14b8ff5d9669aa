// Files by choosing, dropping, pasting or the camera; with progress, retry and removal.
import {
  CameraOutlined,
  DeleteOutlined,
  PaperClipOutlined,
  ReloadOutlined,
} from '@ant-design/icons';
import type { FileRef } from '@hougu/api/types';
import { formatBytes, useText } from '@hougu/i18n';
import { Button, Progress } from 'antd';
import { type ClipboardEvent, type DragEvent, type ReactNode, useRef, useState } from 'react';
import { pastedFiles, type Uploading, useUploads } from './use_uploads';
import './attachment_upload.css';

export interface AttachmentUploadProps {
  value: FileRef[];
  onChange: (value: FileRef[]) => void;
  id?: string;
  label: string;
  describedBy?: string;
  maxFiles?: number;
  accept?: string;
  /** Only pictures, made smaller before they travel. */
  images?: boolean;
  /** Offers the camera beside the gallery. */
  camera?: boolean;
  disabled?: boolean;
}

export function FileTile({ file, onRemove }: { file: FileRef; onRemove?: () => void }): ReactNode {
  const { t } = useText();
  return (
    <li className="hougu-file">
      <a href={file.url} target="_blank" rel="noopener noreferrer" title={file.name}>
        {file.thumbnail_url ? (
          <img src={file.thumbnail_url} alt="" loading="lazy" />
        ) : (
          <PaperClipOutlined className="hougu-file-icon" aria-hidden="true" />
        )}
        <span className="hougu-cut">{file.name}</span>
      </a>
      <span className="hougu-file-size">{formatBytes(file.size)}</span>
      {onRemove && (
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('forms.upload.remove', { name: file.name })}
          onClick={onRemove}
        />
      )}
    </li>
  );
}

export function UploadingTile({
  upload,
  onRetry,
  onRemove,
}: {
  upload: Uploading;
  onRetry: () => void;
  onRemove: () => void;
}): ReactNode {
  const { t } = useText();
  return (
    <li className="hougu-file">
      <div className="hougu-file-way">
        <span className="hougu-cut">{upload.file.name}</span>
        {upload.problem ? (
          <span role="alert" className="hougu-file-problem">
            {upload.problem}
          </span>
        ) : (
          <Progress
            percent={Math.round(upload.share * 100)}
            size="small"
            aria-label={t('forms.upload.progress', { name: upload.file.name })}
          />
        )}
      </div>
      {upload.problem && (
        <Button
          size="small"
          icon={<ReloadOutlined />}
          aria-label={t('forms.upload.retry', { name: upload.file.name })}
          onClick={onRetry}
        />
      )}
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t('forms.upload.remove', { name: upload.file.name })}
        onClick={onRemove}
      />
    </li>
  );
}

export function AttachmentUpload(props: AttachmentUploadProps): ReactNode {
  const { value, onChange, images, disabled, maxFiles = images ? 9 : 10 } = props;
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const latest = useRef(value);
  latest.current = value;
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { uploading, add, retry, remove } = useUploads((file) => {
    latest.current = [...latest.current, file];
    onChange(latest.current);
  }, images);
  const room = maxFiles - value.length - uploading.length;

  const take = (files: File[]) => {
    const fitting = images ? files.filter((file) => file.type.startsWith('image/')) : files;
    if (fitting.length < files.length) setRefused(t('forms.upload.only_images'));
    else if (fitting.length > room) setRefused(t('forms.upload.too_many', { max: maxFiles }));
    else setRefused(null);
    add(fitting.slice(0, Math.max(0, room)));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = pastedFiles(event);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  };
  const field = (ref: typeof input, capture: boolean) => (
    <input
      ref={ref}
      type="file"
      hidden
      multiple={maxFiles > 1 && !capture}
      accept={images ? 'image/*' : props.accept}
      {...(capture && { capture: 'environment' as const })}
      onChange={(event) => {
        take([...(event.target.files ?? [])]);
        event.target.value = '';
      }}
    />
  );

  return (
    <section
      className={over ? 'hougu-upload hougu-upload-over' : 'hougu-upload'}
      aria-label={props.label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={disabled ? undefined : onDrop}
      onPaste={disabled ? undefined : onPaste}
    >
      {(value.length > 0 || uploading.length > 0) && (
        <ul className="hougu-files">
          {value.map((file) => (
            <FileTile
              key={file.id}
              file={file}
              {...(!disabled && {
                onRemove: () => onChange(value.filter((one) => one.id !== file.id)),
              })}
            />
          ))}
          {uploading.map((one) => (
            <UploadingTile
              key={one.key}
              upload={one}
              onRetry={() => retry(one.key)}
              onRemove={() => remove(one.key)}
            />
          ))}
        </ul>
      )}
      {room > 0 && !disabled && (
        <div className="hougu-upload-row">
          <Button
            {...(props.id && { id: props.id })}
            aria-describedby={props.describedBy}
            icon={<PaperClipOutlined />}
            onClick={() => input.current?.click()}
          >
            {images ? t('forms.upload.pictures') : t('forms.upload.files')}
          </Button>
          {props.camera && (
            <Button icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
              {t('forms.upload.camera')}
            </Button>
          )}
          <span className="hougu-upload-hint">{t('forms.upload.hint')}</span>
        </div>
      )}
      {refused && (
        <div role="alert" className="hougu-file-problem">
          {refused}
        </div>
      )}
      {field(input, false)}
      {props.camera && field(camera, true)}
    </section>
  );
}
