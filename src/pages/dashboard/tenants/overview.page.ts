import type { Locale } from '../../../common/i18n/locale.js';
import type { TenantsOverview } from '../../../tenants/overview/tenants-overview.service.js';

/** The chart's drawing area, in its own units. */
const HEIGHT = 40;
const STEP = 20;
const BAR_WIDTH = 14;

interface Bar {
  /** As `Kasım 2026`. */
  month: string;
  /** As `Kas`. */
  short: string;
  added: number;
  x: number;
  y: number;
  height: number;
  /** Where the short name stands. */
  middle: number;
}

export interface OverviewPage extends Omit<TenantsOverview, 'createdByMonth'> {
  bars: Bar[];
}

export function toOverviewPage(
  locale: Locale,
  { createdByMonth, ...counts }: TenantsOverview,
): OverviewPage {
  const most = Math.max(1, ...createdByMonth.map(({ tenants }) => tenants));
  const long = monthFormat(locale, { month: 'long', year: 'numeric' });
  const short = monthFormat(locale, { month: 'short' });
  return {
    ...counts,
    bars: createdByMonth.map(({ month, tenants }, index) => {
      const start = new Date(`${month}-01T00:00:00Z`);
      // Few are still seen; none is a line.
      const height = tenants === 0 ? 1 : Math.max(3, (tenants / most) * HEIGHT);
      const rounded = Math.round(height * 10) / 10;
      const x = index * STEP + (STEP - BAR_WIDTH) / 2;
      return {
        month: long.format(start),
        short: short.format(start),
        added: tenants,
        x,
        y: Math.round((HEIGHT - rounded) * 10) / 10,
        height: rounded,
        middle: x + BAR_WIDTH / 2,
      };
    }),
  };
}

function monthFormat(
  locale: Locale,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
}
