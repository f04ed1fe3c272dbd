/** What stands in the workshop's book; a real one would be asked over the network. */
const BOOK: Readonly<Record<string, string>> = {
  'R-1042': 'R-1042, a city bike: the new chain is on. Ready from tomorrow, 9:00.',
  'R-1043': 'R-1043, a cargo bike: we wait for a brake disc, until Friday at most.',
};

/** How a repair is getting on; `undefined` when there is none of this number. */
export async function findRepair(number: string): Promise<string | undefined> {
  return BOOK[number];
}
