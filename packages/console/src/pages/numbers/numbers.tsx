import { Page } from '../../ui/page.tsx';

export default function Numbers() {
  return <Page title="Numbers">{null}</Page>;
}
