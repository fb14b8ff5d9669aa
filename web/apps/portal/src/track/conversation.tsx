// What was said and what happened, and the one place to ask.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type StoryItem, sendMessage, type Tracked } from '../api/portal';
import { uploadPhoto } from '../api/upload';
import { Notice, useErrorText } from '../parts/blocks';
import { LongTextField } from '../parts/field';
import { prepare } from '../photos/downscale';
import { PhotoField, usePhotos } from '../photos/photo_field';
import { isBusy, PhotoQueue, sentPhotos } from '../photos/photo_queue';
import { browserStorage } from '../report/draft';
import { moment } from '../text/formats';
import { useText } from '../text/text';
import { Pictures } from './pictures';
import { useDeed } from './use_tracked';

const photoLimit = 9;
const draftPlace = (token: string) => `hougu.portal.message.${token.slice(-24)}`;

function Item({ item }: { item: StoryItem }) {
  const { t, locale } = useText();
  const when = <time dateTime={item.at}>{moment(item.at, locale)}</time>;
  if (item.kind !== 'message') {
    return (
      <li className="happening">
        {when} {item.text}
      </li>
    );
  }
  const mine = item.author_kind === 'customer';
  return (
    <li className={mine ? 'said said-mine' : 'said'}>
      <p className="said-who">
        <strong>{mine ? t('portal.talk.you') : (item.author ?? t('portal.talk.staff'))}</strong>{' '}
        {when}
      </p>
      <div className="bubble">
        {item.text && <p>{item.text}</p>}
        {item.images.length > 0 && <Pictures urls={item.images} />}
      </div>
    </li>
  );
}

function useMessageDraft(token: string) {
  const [words, setWords] = useState(() => {
    try {
      return browserStorage()?.getItem(draftPlace(token)) ?? '';
    } catch {
      return '';
    }
  });
  const keep = (next: string) => {
    setWords(next);
    try {
      if (next) browserStorage()?.setItem(draftPlace(token), next);
      else browserStorage()?.removeItem(draftPlace(token));
    } catch {
      // kept on the page at least
    }
  };
  return [words, keep] as const;
}

function Composer(props: { token: string; onDone: (ticket: Tracked) => void }) {
  const { t, locale } = useText();
  const errorText = useErrorText();
  const [words, setWords] = useMessageDraft(props.token);
  const [empty, setEmpty] = useState(false);
  const [queue] = useState(
    () =>
      new PhotoQueue(
        {
          prepare,
          send: (blob, name, key, onProgress, signal) =>
            uploadPhoto(blob, name, { locale, key, onProgress, signal }),
        },
        [],
        photoLimit,
      ),
  );
  const photos = usePhotos(queue);
  const deed = useDeed(
    (what: { body: string; photos: string[] }, key) => sendMessage(props.token, what, key, locale),
    props.onDone,
  );
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const ids = sentPhotos(photos).map((photo) => photo.id);
    const body = words.trim() || (ids.length > 0 ? t('portal.talk.onlyPhotos') : '');
    setEmpty(body === '');
    if (body === '' || isBusy(photos)) return;
    if (await deed.run({ body, photos: ids })) {
      setWords('');
      queue.clear();
    }
  };
  return (
    <form className="composer" noValidate onSubmit={onSubmit}>
      <LongTextField
        label={t('portal.talk.ask')}
        name="message"
        rows={2}
        maxLength={2000}
        placeholder={t('portal.talk.askExample')}
        value={words}
        onValue={(next) => {
          setEmpty(false);
          setWords(next);
        }}
        error={empty ? t('portal.talk.empty') : undefined}
      />
      <PhotoField queue={queue} label={t('portal.talk.photos')} compact />
      {deed.error && <Notice tone="bad">{errorText(deed.error)}</Notice>}
      <button
        type="submit"
        className="button button-main"
        aria-disabled={deed.busy || isBusy(photos)}
      >
        {deed.busy ? t('portal.talk.sending') : t('portal.talk.send')}
      </button>
    </form>
  );
}

export function Conversation(props: {
  token: string;
  ticket: Tracked;
  onDone: (ticket: Tracked) => void;
}) {
  const { t } = useText();
  const { ticket } = props;
  const list = useRef<HTMLDivElement>(null);
  const count = ticket.timeline.length;
  // the newest is at the end; only this list scrolls, never the page
  useEffect(() => {
    if (count > 0) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  return (
    <section className="card" aria-labelledby="talk">
      <h2 id="talk">{t('portal.talk.title')}</h2>
      {count === 0 ? (
        <p className="muted">{t('portal.talk.nothing')}</p>
      ) : (
        // what scrolls must be reachable by keyboard
        <div ref={list} className="talk" role="log" aria-labelledby="talk" tabIndex={0}>
          <ol>
            {ticket.timeline.map((item, index) => (
              <Item key={`${item.at}${index}`} item={item} />
            ))}
          </ol>
        </div>
      )}
      {ticket.can_message && <Composer token={props.token} onDone={props.onDone} />}
    </section>
  );
}
