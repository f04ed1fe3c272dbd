import { Page } from '../../ui/page.tsx';

export default function Audit() {
  return <Page title="Audit">{null}</Page>;
}
