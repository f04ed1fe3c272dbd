import { Page } from '../../ui/page.tsx';

export default function Person({ id }: { readonly id: string }) {
  return <Page title="Person">{id}</Page>;
}
