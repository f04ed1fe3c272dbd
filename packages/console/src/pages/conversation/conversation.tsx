import { Page } from '../../ui/page.tsx';

export default function Conversation({ id }: { readonly id: string }) {
  return <Page title="Conversation">{id}</Page>;
}
