import { Drawer } from 'antd';
import type { ReactNode } from 'react';

/** A sheet from the lower edge, where the thumb is. */
export function Sheet(props: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      placement="bottom"
      size="auto"
      destroyOnHidden
      className="field-sheet"
      // on a wide screen as wide as the page above
      styles={{ wrapper: { maxWidth: 640, marginInline: 'auto' } }}
    >
      {props.children}
    </Drawer>
  );
}
