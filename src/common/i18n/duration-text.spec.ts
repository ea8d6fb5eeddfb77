import { describe, expect, it } from 'vitest';
import { durationText } from './duration-text.js';

describe(durationText.name, () => {
  it.each([
    [1, '1 saniye', '1 second'],
    [1.2, '2 saniye', '2 seconds'],
    [120, '120 saniye', '120 seconds'],
    [121, '3 dakika', '3 minutes'],
    [900, '15 dakika', '15 minutes'],
  ])('of %d seconds is %s', (seconds, turkish, english) => {
    expect(durationText('tr', seconds)).toBe(turkish);
    expect(durationText('en', seconds)).toBe(english);
  });
});
