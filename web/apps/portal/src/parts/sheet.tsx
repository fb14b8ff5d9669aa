// A sheet over the lower part of the page: focus stays inside, Esc and the back-drop close it, and the
// focus returns to where it came from.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../text/text';
import { CloseIcon } from './icons';

const focusable =
  'button:not([disabled]),input:not([disabled]),textarea,select,a[href],[tabindex="0"]';

export function Sheet(props: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  tall?: boolean;
}) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const title = useId();
  const { onClose } = props;
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    if (!box.current?.contains(document.activeElement)) box.current?.focus();
    document.body.classList.add('sheet-open');
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current();
      if (event.key !== 'Tab' || !box.current) return;
      const stops = [...box.current.querySelectorAll<HTMLElement>(focusable)];
      const [first, last] = [stops[0], stops[stops.length - 1]];
      const edge = event.shiftKey ? first : last;
      if (document.activeElement !== edge && box.current.contains(document.activeElement)) return;
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.body.classList.remove('sheet-open');
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return createPortal(
    <div className="sheet-back">
      <button
        type="button"
        className="sheet-veil"
        tabIndex={-1}
        aria-hidden="true"
        onClick={onClose}
      />
      <div
        ref={box}
        className={props.tall ? 'sheet sheet-tall' : 'sheet'}
        role="dialog"
        aria-modal="true"
        aria-labelledby={title}
        tabIndex={-1}
      >
        <div className="sheet-head">
          <h2 id={title}>{props.title}</h2>
          <button
            type="button"
            className="icon-button"
            aria-label={t('portal.form.close')}
            onClick={onClose}
          >
            <CloseIcon />
          </button>
        </div>
        {props.children}
      </div>
    </div>,
    document.body,
  );
}
