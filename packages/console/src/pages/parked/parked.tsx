import { Page } from '../../ui/page.tsx';

export default function Parked() {
  return <Page title="Parked">{null}</Page>;
}
