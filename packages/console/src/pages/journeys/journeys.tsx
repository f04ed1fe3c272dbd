import { Page } from '../../ui/page.tsx';

export default function Journeys() {
  return <Page title="Journeys">{null}</Page>;
}
