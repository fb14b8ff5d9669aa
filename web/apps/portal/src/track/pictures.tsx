import { useText } from '../text/text';

const small = (url: string) => `${url}${url.includes('?') ? '&' : '?'}size=256`;

// Small pictures that open large.
export function Pictures({ urls }: { urls: string[] }) {
  const { t } = useText();
  return (
    <div className="pictures">
      {urls.map((url, index) => (
        <a key={url} href={url} target="_blank" rel="noreferrer">
          <img
            src={small(url)}
            alt={t('portal.track.picture', { number: index + 1 })}
            loading="lazy"
          />
        </a>
      ))}
    </div>
  );
}
