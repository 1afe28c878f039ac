/** One of the two extensions: that of everybody, and that of its makers, which can be installed beside it. */
export interface Variant {
  readonly extensionId: string;
  readonly extensionName: string;
  /** The name in YAML: `Verapipe@1`. */
  readonly taskName: string;
  /** Constant for ever: builds refer to it. */
  readonly taskId: string;
  readonly friendlyName: string;
  /** Type of the service connection; one organisation cannot have two of a name. */
  readonly connectionType: string;
  readonly connectionName: string;
}

export const RELEASE: Variant = {
  extensionId: 'verapipe',
  extensionName: 'Veracode (verapipe)',
  taskName: 'Verapipe',
  taskId: '6f0f4c0e-7d0b-4a59-9a54-0e2c6b8f5a31',
  friendlyName: 'Veracode (verapipe)',
  connectionType: 'verapipe',
  connectionName: 'Veracode (verapipe)',
};

export const DEV: Variant = {
  extensionId: 'verapipe-dev',
  extensionName: 'Veracode (verapipe, dev)',
  taskName: 'VerapipeDev',
  taskId: 'b3a1d6c2-51de-4b0c-8f07-93d2c1a7e46d',
  friendlyName: 'Veracode (verapipe, dev)',
  connectionType: 'verapipe-dev',
  connectionName: 'Veracode (verapipe, dev)',
};
