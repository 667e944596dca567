import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Shown in their place once they have failed. */
  readonly fallback: ReactNode;
}

/** A part of the page that cannot be loaded or drawn must not take the run with it. */
export class IfItFails extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
