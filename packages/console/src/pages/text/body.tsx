import { formatCount } from '../../lib/format.ts';
import { Card } from '../../ui/page.tsx';
import type { Detail } from './detail.ts';
import { MediaList } from './media-list.tsx';
import './body.css';

/** What was said, as it looks on a phone, and what it is billed as. */
export function Body({ message }: { readonly message: Detail }) {
  const { text, sentText, redacted, direction, media } = message;
  return (
    <Card>
      <h2 className="visually-hidden">What was said</h2>
      <div className="text-body" data-direction={direction}>
        {redacted ? (
          <p className="text-body-bubble text-body-hidden">The app keeps its texts confidential.</p>
        ) : (
          (sentText ?? text) !== '' && (
            <p className="text-body-bubble" dir="auto">
              {sentText ?? text}
            </p>
          )
        )}
        {sentText !== undefined && <Original text={text} />}
        {media.length > 0 && <MediaList message={message} />}
        <Size message={message} />
      </div>
    </Card>
  );
}

/** What was said before plugins rewrote it on its way out. */
function Original({ text }: { readonly text: string }) {
  return (
    <details className="text-body-original">
      <summary>Rewritten on its way out</summary>
      <p>{text === '' ? 'Nothing had been said with the pictures.' : 'What was said:'}</p>
      {text !== '' && (
        <p className="text-body-said" dir="auto">
          {text}
        </p>
      )}
    </details>
  );
}

/** How many characters fit: alone, and in each part of several. */
const ROOM = { 'GSM-7': [160, 153], 'UCS-2': [70, 67] } as const;

function Size({ message: { text, sentText = text, segments, media, redacted } }: { readonly message: Detail }) {
  const { encoding, count } = segments;
  const [alone, each] = ROOM[encoding];
  if (count === 0) return null;
  const parts = count === 1 ? '1 part' : `${count} parts`;
  return (
    <p className="text-body-size">
      {media.length > 0 ? 'MMS' : <span title={`Billed as ${parts}`}>{parts}</span>}
      {!redacted && ` · ${formatCount([...sentText].length)} characters`}
      {media.length === 0 && (
        <span title={`${encoding}: ${alone} characters in one part, ${each} in each of several`}> · {encoding}</span>
      )}
    </p>
  );
}
