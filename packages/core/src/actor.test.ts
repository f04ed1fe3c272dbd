import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActorPatch, type ActorProfile, mergePatches, patchActor, plainPatch } from './actor.ts';
import { decode, encode } from './host/codec.ts';

const address = '+14155550123' as ActorProfile['address'];
const ann: ActorProfile = { address, firstName: 'Ann', attributes: { plan: 'gold', visits: 2 } };

const patches: fc.Arbitrary<ActorPatch> = fc.record(
  {
    firstName: fc.option(fc.string(), { nil: undefined }),
    locale: fc.option(fc.constantFrom('en-US', 'es-MX'), { nil: undefined }),
    attributes: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.option(fc.integer(), { nil: undefined })),
  },
  { requiredKeys: [] },
) as never;

describe('patchActor', () => {
  it('forgets what is undefined, and merges attributes one by one', () => {
    expect(patchActor(ann, { firstName: undefined, attributes: { visits: 3, plan: undefined } })).toEqual({
      address,
      attributes: { visits: 3 },
    });
  });

  it('changes nothing more when it is applied twice', () => {
    fc.assert(
      fc.property(patches, (patch) => {
        const once = patchActor(ann, patch);
        expect(patchActor(once, patch)).toStrictEqual(once);
      }),
    );
  });

  it('makes the same of two patches one after the other as of both as one, through a storage', () => {
    fc.assert(
      fc.property(patches, patches, (first, second) => {
        const merged = decode(JSON.parse(JSON.stringify(encode(mergePatches(first, second)))) as never) as ActorPatch;
        expect(patchActor(ann, merged)).toStrictEqual(patchActor(patchActor(ann, first), second));
      }),
    );
  });
});

describe('plainPatch', () => {
  it('makes of attributes what will be stored of them', () => {
    expect(plainPatch({ attributes: { day: new Date(0), gone: undefined } })).toStrictEqual({
      attributes: { day: '1970-01-01T00:00:00.000Z', gone: undefined },
    });
  });

  it('throws at what JSON can not write', () => {
    expect(() => plainPatch({ attributes: { big: 1n } })).toThrow(TypeError);
  });
});
