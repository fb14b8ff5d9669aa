import { Form } from 'antd';
import type { ReactNode } from 'react';

interface ItemProps {
  label?: string;
  extra?: ReactNode;
  fault?: string | undefined;
  htmlFor?: string;
  children: ReactNode;
}

/** A labelled line with its complaint beneath. */
export function Item({ label, extra, fault, htmlFor, children }: ItemProps): ReactNode {
  return (
    <Form.Item
      layout="vertical"
      colon={false}
      label={label}
      extra={extra}
      {...(htmlFor && { htmlFor })}
      {...(fault && { validateStatus: 'error' as const, help: <span role="alert">{fault}</span> })}
    >
      {children}
    </Form.Item>
  );
}
