import type { Message } from '@parley/api';
import { urlOf } from '../../../lib/client.ts';
import { useMay } from '../../../lib/session.ts';

/** The pictures and files of a text: those of people come by way of the server, ours from where they are kept. */
export function MediaList({ message: { id, direction, media } }: { readonly message: Message }) {
  const may = useMay('agent');
  if (media.length === 0) return null;
  return (
    <ul className="bubble-media">
      {media.map(({ url, contentType = '' }, index) => {
        const isTheirs = direction === 'inbound';
        const address = isTheirs ? urlOf('GET /messages/:id/media/:index', { params: { id, index } }) : url;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text's media never change, and the same picture can be in it twice
          <li key={index}>
            {isTheirs && !may ? (
              <span>A picture or file that agents may see</span>
            ) : (
              <MediaLink address={address} contentType={contentType} isTheirs={isTheirs} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function MediaLink({
  address,
  contentType,
  isTheirs,
}: {
  readonly address: string;
  readonly contentType: string;
  readonly isTheirs: boolean;
}) {
  const isPicture = contentType.startsWith('image/') && !contentType.includes('svg');
  const label = isPicture ? 'Picture' : contentType === '' ? 'Attachment' : contentType;
  // Nothing is loaded from other hosts by itself.
  const isShown = isPicture && (isTheirs || new URL(address, location.href).origin === location.origin);
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {isShown ? <img src={address} alt={isTheirs ? 'Sent by them' : 'Sent by us'} loading="lazy" /> : label}
    </a>
  );
}
