import { Page } from '../../ui/page.tsx';

export default function Texts() {
  return <Page title="Texts">{null}</Page>;
}
