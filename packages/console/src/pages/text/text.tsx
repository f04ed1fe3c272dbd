import { Page } from '../../ui/page.tsx';

export default function Text({ id }: { readonly id: string }) {
  return <Page title="Text">{id}</Page>;
}
