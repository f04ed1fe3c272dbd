import { useState } from 'react';
import { urlOf } from '../../lib/client.ts';
import { useMay } from '../../lib/session.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Detail } from './detail.ts';
import './media-list.css';

type Media = Detail['media'][number];

/** Pictures and files that go with a text. */
export function MediaList({ message }: { readonly message: Detail }) {
  const { id, direction, media } = message;
  const inbound = direction === 'inbound';
  // What people have sent is with the provider, for those who answer them.
  if (!useMay('agent') && inbound) {
    return (
      <p className="media-list-none">
        {media.length === 1 ? '1 file' : `${media.length} files`}, which agents can see.
      </p>
    );
  }
  return (
    <ul className="media-list">
      {media.map((one, index) => {
        const url = inbound ? urlOf('GET /messages/:id/media/:index', { params: { id, index } }) : addressOf(one);
        return (
          <li key={url}>
            <File url={url} media={one} number={index + 1} />
          </li>
        );
      })}
    </ul>
  );
}

/** A thumbnail, or a link where it is no picture, or none that can be shown. */
function File({ url, media, number }: { readonly url: string; readonly media: Media; readonly number: number }) {
  const [isPicture, setPicture] = useState(media.contentType?.startsWith('image/') ?? true);
  return (
    <a href={url} target="_blank" rel="noreferrer" className="media-list-file" data-picture={isPicture || undefined}>
      {isPicture ? (
        <img src={url} alt={`File ${number}`} loading="lazy" onError={() => setPicture(false)} />
      ) : (
        <>
          <Icon name="download" /> File {number} {media.contentType !== undefined && <code>{media.contentType}</code>}
        </>
      )}
    </a>
  );
}

/** A path is one of the server, which has the console under it. */
function addressOf({ url }: Media): string {
  return url.startsWith('/') ? new URL(`..${url}`, document.baseURI).href : url;
}
