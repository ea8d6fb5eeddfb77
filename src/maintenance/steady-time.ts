const DAY_MS = 86_400_000;
/** How far the clock may be from the time that has been seen to pass, before it counts as a jump. */
export const MAX_DRIFT_MS = 300_000;

/** How much of what the clock says has been seen to pass. All in ms, moments since the epoch. */
export interface SteadyTime {
  /** Never ahead of the clock, and never further on than the time that has passed while somebody was watching. */
  trustedAt: number;
  /** How far ahead the clock was when that was noticed; 0 when it is not ahead. */
  gap: number;
  /** The trusted time when the gap was noticed. */
  noticedAt: number | null;
}

/** Before anything is known nothing is old. */
export const NOTHING_SEEN: SteadyTime = {
  trustedAt: 0,
  gap: 0,
  noticedAt: null,
};

/**
 * Compares the clock with the time that has passed. A clock that went back is followed at once: what is deleted by age is
 * then only deleted later. One that jumped ahead is believed after a day of trusted time; so a gap by the service's having
 * been off is waited for as well, and further gaps do not begin the day anew.
 * @param own what the looking process takes for the trusted time, by its last look and its monotonic clock.
 */
export function look(
  stored: SteadyTime,
  own: number,
  clock: number,
): SteadyTime {
  const trustedAt = Math.min(clock, Math.max(stored.trustedAt, own));
  const ahead = clock - trustedAt;
  if (ahead <= MAX_DRIFT_MS) return inStep(clock);
  if (stored.noticedAt === null)
    return { trustedAt, gap: ahead, noticedAt: trustedAt };
  const gap = Math.min(stored.gap, ahead);
  const noticedAt = Math.min(stored.noticedAt, trustedAt);
  if (trustedAt - noticedAt < DAY_MS) return { trustedAt, gap, noticedAt };
  // Believed; what came on top of it later is waited for in its turn.
  const rest = ahead - gap;
  return rest <= MAX_DRIFT_MS
    ? inStep(clock)
    : { trustedAt: trustedAt + gap, gap: rest, noticedAt: trustedAt + gap };
}

function inStep(clock: number): SteadyTime {
  return { trustedAt: clock, gap: 0, noticedAt: null };
}
