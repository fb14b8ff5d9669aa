// What the kinds of one line share: an input of the right keyboard, and text that is cut to fit.
import { Input, type InputProps } from 'antd';
import type { ReactNode } from 'react';
import { asText, type EditorProps, inputProps } from './kind';

type Settings = Pick<InputProps, 'type' | 'inputMode' | 'maxLength' | 'placeholder'>;

export function lineEditor(settings: Settings): (props: EditorProps) => ReactNode {
  return (props) => (
    <Input
      {...inputProps(props)}
      {...settings}
      autoComplete="off"
      value={asText(props.value)}
      onChange={(event) => props.onChange(event.target.value || null)}
    />
  );
}

/** The whole of it on hover. */
export function CutText({ text }: { text: string }): ReactNode {
  return (
    <span className="hougu-cut" title={text}>
      {text}
    </span>
  );
}
