import {
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  UnderlineOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Button, Input, Popover, Space } from 'antd';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { cleanHtml, htmlText } from '../clean_html';
import { asText, type DisplayProps, type EditorProps, type FieldKind } from '../kind';
import './rich_text.css';

const commands: [command: string, icon: ReactNode][] = [
  ['bold', <BoldOutlined key="bold" />],
  ['italic', <ItalicOutlined key="italic" />],
  ['underline', <UnderlineOutlined key="underline" />],
  ['insertUnorderedList', <UnorderedListOutlined key="ul" />],
  ['insertOrderedList', <OrderedListOutlined key="ol" />],
];

function LinkButton({ disabled, onLink }: { disabled: boolean; onLink: (href: string) => void }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [href, setHref] = useState('');
  const put = () => {
    setOpen(false);
    onLink(/^[a-z]+:/i.test(href) ? href : `https://${href}`);
    setHref('');
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <Space.Compact>
          <Input
            value={href}
            aria-label={t('forms.rich.address')}
            placeholder="https://"
            onChange={(event) => setHref(event.target.value)}
            onPressEnter={put}
          />
          <Button type="primary" disabled={!href} onClick={put}>
            {t('forms.rich.link')}
          </Button>
        </Space.Compact>
      }
    >
      <Button
        size="small"
        type="text"
        disabled={disabled}
        aria-label={t('forms.rich.link')}
        icon={<LinkOutlined />}
        onMouseDown={(event) => event.preventDefault()}
      />
    </Popover>
  );
}

function Editor({ id, value, onChange, disabled, invalid, describedBy, field }: EditorProps) {
  const { t, localized } = useText();
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef<string | null>(null);
  const kept = useRef<Range | null>(null);
  const html = asText(value);

  // The box is written only when the value comes from elsewhere: writing it while somebody types
  // would move the caret.
  useEffect(() => {
    if (box.current && html !== shown.current) {
      box.current.innerHTML = cleanHtml(html);
      shown.current = html;
    }
  }, [html]);

  const read = () => {
    const next =
      box.current && htmlText(box.current.innerHTML) ? cleanHtml(box.current.innerHTML) : '';
    shown.current = next;
    onChange(next || null);
  };
  const run = (command: string, argument?: string) => {
    box.current?.focus();
    // The browser's own editing commands: no other way keeps its undo history.
    document.execCommand(command, false, argument);
    read();
  };
  const keepSelection = () => {
    const selection = document.getSelection();
    if (selection?.rangeCount && box.current?.contains(selection.anchorNode)) {
      kept.current = selection.getRangeAt(0).cloneRange();
    }
  };
  const link = (href: string) => {
    const selection = document.getSelection();
    if (kept.current && selection) {
      selection.removeAllRanges();
      selection.addRange(kept.current);
    }
    if (kept.current?.collapsed ?? true)
      run('insertHTML', cleanHtml(`<a href="${href}">${href}</a>`));
    else run('createLink', href);
  };

  return (
    <div className={invalid ? 'hougu-rich hougu-rich-invalid' : 'hougu-rich'}>
      <div className="hougu-rich-bar" role="toolbar" aria-label={t('forms.rich.toolbar')}>
        {commands.map(([command, icon]) => (
          <Button
            key={command}
            size="small"
            type="text"
            icon={icon}
            disabled={disabled ?? false}
            aria-label={t(`forms.rich.${command}`)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run(command)}
          />
        ))}
        <LinkButton disabled={disabled ?? false} onLink={link} />
      </div>
      <div
        ref={box}
        id={id}
        className="hougu-rich-text hougu-rich-box"
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-label={localized(field.label)}
        aria-describedby={describedBy}
        contentEditable={!disabled}
        suppressContentEditableWarning
        onInput={read}
        onBlur={keepSelection}
        onKeyUp={keepSelection}
        onMouseUp={keepSelection}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/html');
          if (!pasted) return;
          event.preventDefault();
          run('insertHTML', cleanHtml(pasted));
        }}
      />
    </div>
  );
}

function Display({ value, compact }: DisplayProps) {
  const html = asText(value);
  const clean = useMemo(() => (compact ? htmlText(html) : cleanHtml(html)), [html, compact]);
  if (compact) {
    return (
      <span className="hougu-cut" title={clean}>
        {clean}
      </span>
    );
  }
  // Safe: cleaned by the allow-list above.
  return <div className="hougu-rich-text" dangerouslySetInnerHTML={{ __html: clean }} />;
}

export const richTextKind: FieldKind = {
  type: 'rich_text',
  Editor,
  Display,
  column: { width: 260 },
  operators: ['contains', 'empty', 'not_empty'],
  wide: true,
};
