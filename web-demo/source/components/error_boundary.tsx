import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";

interface ErrorBoundaryProps {
  children: ReactNode;
  /** When it changes, the failed part is tried again: the address of the page. */
  resetKey: string;
}

/**
 * Keeps a failure to the part of the page in which it happened. What is being edited lies in the browser's storage and
 * not in the components, so that it is still there when the part is tried again.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(previous: ErrorBoundaryProps): void {
    if (previous.resetKey !== this.props.resetKey && this.state.error !== undefined) this.retry();
  }

  readonly retry = () => this.setState({ error: undefined });

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Failure error={error} onRetry={this.retry} />;
  }
}

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="panel panel-body stack" role="alert">
      <h2>{t("failure.title")}</h2>
      <p className="soft">{t("failure.kept")}</p>
      <pre className="failure-text">{error instanceof Error ? error.message : String(error)}</pre>
      <div className="row">
        <Button look="primary" onClick={onRetry}>
          {t("failure.retry")}
        </Button>
        <Button onClick={() => location.reload()}>{t("failure.reload")}</Button>
      </div>
    </div>
  );
}
