import { Button } from '@mantine/core';
import { Component } from 'react';
import { Alert } from '@/components/Alert';
import { strings } from '@/strings';

interface State {
  failed: boolean;
}

export class ErrorBoundary extends Component<{ children: React.ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <div className="page-narrow">
        <Alert
          tone="bad" title={strings.errors.title}
          action={<Button size="compact-sm" variant="default" onClick={() => location.reload()}>{strings.errors.reload}</Button>}
        >
          {strings.errors.crash}
        </Alert>
      </div>
    );
  }
}
