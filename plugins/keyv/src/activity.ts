import type { ActivityStore } from '@parley/core';
import { type ActivityCell, activityName } from './cell.ts';
import { cursorOf, type Place } from './line.ts';
import type { Parts } from './parts.ts';

/** Activity as cells, found through the index. */
export function activityStore({ rows, index }: Parts): ActivityStore {
  return {
    async list(query) {
      const page: Place[] = [];
      let more = false;
      for (const place of index.activity.find(query)) {
        more = page.length === query.limit;
        if (more) break;
        page.push(place);
      }
      const found = await rows.getMany<ActivityCell>(page.map(({ id }) => activityName(id)));
      const last = page.at(-1);
      return {
        activity: found.map(({ record }) => record),
        ...(more && last !== undefined ? { next: cursorOf(last) } : {}),
      };
    },
  };
}
