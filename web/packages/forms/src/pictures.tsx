// Thumbnails that open large.
import type { FileRef } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Image } from 'antd';
import type { ReactNode } from 'react';

export function Pictures({ files, size = 72 }: { files: FileRef[]; size?: number }): ReactNode {
  const { t } = useText();
  if (files.length === 0) return null;
  return (
    <div className="hougu-pictures">
      <Image.PreviewGroup>
        {files.map((file) => (
          <Image
            key={file.id}
            width={size}
            height={size}
            src={file.thumbnail_url ?? file.url}
            alt={t('forms.picture', { name: file.name })}
            preview={{ src: file.url }}
          />
        ))}
      </Image.PreviewGroup>
    </div>
  );
}
