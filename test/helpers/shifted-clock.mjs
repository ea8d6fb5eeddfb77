/** Preloaded into a process (`NODE_OPTIONS=--import …`): its wall clock is CLOCK_SHIFT_MS ahead, its monotonic clock is not. */
const shift = Number(process.env.CLOCK_SHIFT_MS);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...values) {
    if (values.length === 0) super(RealDate.now() + shift);
    else super(...values);
  }

  static now() {
    return RealDate.now() + shift;
  }
};
