import { Page } from '../../ui/page.tsx';

export default function Inbox() {
  return <Page title="Inbox">{null}</Page>;
}
