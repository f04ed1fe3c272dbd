import { Page } from '../../ui/page.tsx';

export default function Conversations() {
  return <Page title="Conversations">{null}</Page>;
}
