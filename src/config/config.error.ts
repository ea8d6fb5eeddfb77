export interface ConfigFault {
  variable: string;
  /** Turkish, never the value. */
  reason: string;
  /** A command that mends it. */
  hint?: string;
}

/** Bad configuration or a wrong key: the process ends with exit code 78 (`EX_CONFIG` of sysexits.h). */
export class ConfigError extends Error {
  constructor(readonly faults: readonly ConfigFault[]) {
    super(
      [
        'Yapılandırma hatalı, uygulama başlatılmadı:',
        ...faults.map(
          ({ variable, reason, hint }) =>
            `  ${variable}: ${reason}${hint ? `\n      ${hint}` : ''}`,
        ),
      ].join('\n'),
    );
    this.name = ConfigError.name;
  }
}
