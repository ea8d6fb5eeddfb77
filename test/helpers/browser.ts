import axe, { type AxeResults } from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** What a page must never do, collected over all pages of a context. */
export interface Misdeeds {
  dialogs: string[];
  cspViolations: string[];
  scriptErrors: string[];
}

export interface WatchedContext {
  context: BrowserContext;
  misdeeds: Misdeeds;
  /** How often a page asked whether to leave it with unsaved changes; yes was the answer. */
  leaveWarnings: { count: number };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A Turkish browser of its own: no cookies, and its misdeeds are watched. */
export async function newContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedContext> {
  const context = await browser.newContext({ locale: 'tr-TR', ...options });
  context.setDefaultTimeout(15_000);
  const misdeeds: Misdeeds = {
    dialogs: [],
    cspViolations: [],
    scriptErrors: [],
  };
  await context.exposeFunction('reportCspViolation', (what: string) =>
    misdeeds.cspViolations.push(what),
  );
  await context.addInitScript(`
    addEventListener('securitypolicyviolation', (event) =>
      window.reportCspViolation(event.violatedDirective + ' ' + event.blockedURI));
  `);
  const leaveWarnings = { count: 0 };
  context.on('page', (page) => watch(page, misdeeds, leaveWarnings));
  return { context, misdeeds, leaveWarnings };
}

function watch(
  page: Page,
  misdeeds: Misdeeds,
  leaveWarnings: WatchedContext['leaveWarnings'],
): void {
  page.on('pageerror', (error) => misdeeds.scriptErrors.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text()))
      misdeeds.cspViolations.push(message.text());
  });
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') leaveWarnings.count += 1;
    else misdeeds.dialogs.push(`${dialog.type()}: ${dialog.message()}`);
    void dialog.accept();
  });
}

/** @returns what axe-core finds wrong, with the elements concerned. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // The CSP keeps injected scripts out; what the debugger evaluates is not subject to it.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`,
    ),
  );
}

/** @returns how many pixels the page is wider than its window, and what sticks out. */
export function horizontalOverflow(
  page: Page,
): Promise<{ pixels: number; culprits: string[] }> {
  return page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const culprits = scrollWidth <= clientWidth ? [] :
      [...document.querySelectorAll('body *')]
        .filter((element) => element.getBoundingClientRect().right > clientWidth)
        .map((element) => element.outerHTML.slice(0, 120));
    return { pixels: Math.max(0, scrollWidth - clientWidth), culprits: culprits.slice(0, 5) };
  })()`);
}
