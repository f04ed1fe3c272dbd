import { describe, expect, it } from 'vitest';
import { Redacted } from './redacted.ts';

const place = (at: number) => ({ at, seq: at });

describe('Redacted', () => {
  it('knows for each kind and strand how far there is nothing to do', () => {
    const redacted = new Redacted();
    redacted.reached('messages', 'clinic', place(5), redacted.generation);
    redacted.reached('activity', '', place(7), redacted.generation);
    expect(redacted.from('messages', 'clinic')).toEqual(place(5));
    expect(redacted.from('activity', '')).toEqual(place(7));
    expect(redacted.from('messages', 'school')).toBeUndefined();
  });

  it('begins anew when something older is stored, and not for what is newer', () => {
    const redacted = new Redacted();
    redacted.reached('messages', 'clinic', place(5), redacted.generation);
    redacted.reached('activity', '', place(7), redacted.generation);
    redacted.appended('messages', 6);
    expect(redacted.from('messages', 'clinic')).toEqual(place(5));
    redacted.appended('messages', 5);
    expect(redacted.from('messages', 'clinic')).toBeUndefined();
    expect(redacted.from('activity', '')).toEqual(place(7));
  });

  it('takes no word for it from a look that began before', () => {
    const redacted = new Redacted();
    redacted.reached('messages', 'clinic', place(5), redacted.generation);
    const { generation } = redacted;
    redacted.appended('messages', 3);
    redacted.reached('messages', 'clinic', place(9), generation);
    expect(redacted.from('messages', 'clinic')).toBeUndefined();
  });
});
