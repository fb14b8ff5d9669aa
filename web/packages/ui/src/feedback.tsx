// What happened, said quietly: undo toasts, the connection bar, a fault of our own.
import { useText } from '@hougu/i18n';
import { Alert, App, Button } from 'antd';
import { Component, type ErrorInfo, type ReactNode, useCallback, useEffect } from 'react';
import './feedback.css';

export interface Toast {
  text: ReactNode;
  /** Takes it back; its button is offered for eight seconds. */
  undo?: () => void | Promise<void>;
  /** Leads to the thing. */
  open?: { label: string; onClick: () => void };
}

let toasts = 0;

/** Says what was done and offers to take it back. */
export function useUndoToast(): (toast: Toast) => void {
  const { notification, message } = App.useApp();
  const { t } = useText();
  return useCallback(
    (toast: Toast) => {
      toasts += 1;
      const key = `toast-${toasts}`;
      const act = (action: () => void | Promise<void>) => async () => {
        notification.destroy(key);
        try {
          await action();
        } catch (error) {
          void message.error(error instanceof Error ? error.message : String(error));
        }
      };
      const { undo, open } = toast;
      notification.open({
        key,
        title: toast.text,
        duration: undo ? 8 : 5,
        role: 'status',
        actions: (undo || open) && (
          <>
            {open && (
              <Button size="small" type="link" onClick={act(open.onClick)}>
                {open.label}
              </Button>
            )}
            {undo && (
              <Button size="small" onClick={act(undo)}>
                {t('ui.action.undo')}
              </Button>
            )}
          </>
        ),
      });
    },
    [notification, message, t],
  );
}

/** A quiet bar while the server can't be reached; what was typed stays. */
export function ConnectionBar({ connected }: { connected: boolean }): ReactNode {
  const { t } = useText();
  return (
    <div role="status" aria-live="polite">
      {!connected && <div className="hougu-connection">{t('ui.connection.lost')}</div>}
    </div>
  );
}

interface BoundaryState {
  error: Error | null;
}

/** Keeps a fault of one part from taking the whole page along. Give it a `key` to start afresh. */
export class ErrorBoundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null };

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <Broken error={error} onRetry={() => this.setState({ error: null })} />;
  }
}

function Broken({ error, onRetry }: { error: Error; onRetry: () => void }): ReactNode {
  const { t } = useText();
  return (
    <Alert
      style={{ margin: 16 }}
      type="error"
      role="alert"
      showIcon
      title={t('ui.broken.title')}
      description={
        <>
          <p style={{ marginTop: 0 }}>{t('ui.broken.text')}</p>
          <code style={{ wordBreak: 'break-word' }}>{error.message}</code>
        </>
      }
      action={
        <Button size="small" onClick={onRetry}>
          {t('ui.action.retry')}
        </Button>
      }
    />
  );
}

/** A failed load, beside where the content belongs. */
export function LoadProblem({ text, onRetry }: { text: string; onRetry: () => void }): ReactNode {
  const { t } = useText();
  return (
    <Alert
      type="error"
      role="alert"
      showIcon
      style={{ margin: 16 }}
      title={text}
      action={
        <Button size="small" onClick={onRetry}>
          {t('ui.action.retry')}
        </Button>
      }
    />
  );
}

/** Asks before the tab closes while something typed isn't saved. */
export function useUnsavedGuard(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
}

/** The title of the browser's tab. */
export function usePageTitle(title: string | undefined, product: string): void {
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
}
