/** What people call money. */
export interface Denomination {
  /** Signs, and words folded. */
  readonly names: readonly string[];
  /** What a hundredth (or whatever its smallest unit is) is called. */
  readonly parts: readonly string[];
  /** ISO 4217, those that it may be; the first where nothing says which. */
  readonly currencies: readonly string[];
}

const list = (words: string): readonly string[] => words.split(',').map((word) => word.trim());

/** Codes are understood as well, of every currency that `Intl` knows. */
export const denominations: readonly Denomination[] = [
  { names: list('us$, u.s.$, us dollar, us dollars'), parts: [], currencies: ['USD'] },
  { names: list('c$, ca$, cad$, canadian dollar, canadian dollars'), parts: [], currencies: ['CAD'] },
  { names: list('a$, au$, australian dollar, australian dollars'), parts: [], currencies: ['AUD'] },
  { names: list('nz$'), parts: [], currencies: ['NZD'] },
  { names: list('hk$'), parts: [], currencies: ['HKD'] },
  { names: list('s$'), parts: [], currencies: ['SGD'] },
  { names: list('mx$'), parts: [], currencies: ['MXN'] },
  { names: list('r$, real, reais'), parts: list('centavo, centavos'), currencies: ['BRL'] },
  {
    names: list('$, dollar, dollars, dolar, dolares, buck, bucks'),
    parts: list('cent, cents, ¢, penny, pennies, centavo, centavos'),
    currencies: list('USD, CAD, AUD, NZD, HKD, SGD, MXN, ARS, CLP, COP, UYU, TWD, JMD, TTD, BSD, BBD, BZD, XCD'),
  },
  {
    names: list('€, euro, euros'),
    parts: list('cent, cents, centime, centimes, centimo, centimos, centesimi, centimos'),
    currencies: ['EUR'],
  },
  {
    names: list('£, pound, pounds, quid, libra, libras, livre, livres, pfund'),
    parts: list('p, pence, penny, pennies'),
    currencies: list('GBP, EGP, GIP'),
  },
  { names: list('¥, 円, yen, yuan, 元, rmb'), parts: [], currencies: list('JPY, CNY') },
  { names: list('₹, rs, rupee, rupees'), parts: list('paise, paisa'), currencies: list('INR, PKR, LKR, NPR') },
  {
    names: list('peso, pesos, ₱'),
    parts: list('centavo, centavos'),
    currencies: list('MXN, ARS, CLP, COP, PHP, UYU, DOP'),
  },
  { names: list('kr, krona, kronor, krone, kroner'), parts: list('ore'), currencies: list('SEK, NOK, DKK, ISK') },
  {
    names: list('fr, sfr, franc, francs, franken, stutz'),
    parts: list('rappen, centime, centimes'),
    currencies: list('CHF, XAF, XOF'),
  },
  { names: list('zł, zl, zloty, zlotych, złotych'), parts: list('grosz, groszy'), currencies: ['PLN'] },
  { names: list('₽, ruble, rubles, rouble, roubles'), parts: list('kopek, kopeks'), currencies: ['RUB'] },
  { names: list('₩, won'), parts: [], currencies: ['KRW'] },
  { names: list('₪, shekel, shekels, nis'), parts: list('agorot, agora'), currencies: ['ILS'] },
  { names: list('₺, lira, liras'), parts: list('kurus'), currencies: ['TRY'] },
  { names: list('₴, hryvnia, hryvnias'), parts: list('kopiyka, kopiykas'), currencies: ['UAH'] },
  { names: list('₦, naira'), parts: list('kobo'), currencies: ['NGN'] },
  { names: list('฿, baht'), parts: list('satang'), currencies: ['THB'] },
  { names: list('₫, dong'), parts: [], currencies: ['VND'] },
  { names: list('rand, rands'), parts: list('cent, cents'), currencies: ['ZAR'] },
];
