import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Media, Plugin } from '@parley/core';

const file = fileURLToPath(new URL('./clinic-map.png', import.meta.url));

/** The way to the clinic, for `say`. A path: the provider is given it under the server's public URL. */
export const mapPicture: Media = { url: '/plugins/clinic-map/map.png', contentType: 'image/png' };

/** Serves the picture: Twilio fetches a message's media from a URL. */
export function clinicMap(): Plugin {
  return {
    name: 'clinic-map',
    setup({ router }) {
      router.get('/map.png', (context) => {
        context.type = 'image/png';
        context.set('Cache-Control', 'public, max-age=86400');
        context.body = createReadStream(file);
      });
    },
  };
}
