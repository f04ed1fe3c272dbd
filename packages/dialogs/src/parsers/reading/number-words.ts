/** How a language writes numbers in words; all folded (lower case, no accents, hyphens are spaces). */
export interface NumberWords {
  /** What is added: 0 to 99, and hundreds where they have words of their own. A word may be several: `quatre vingt`. */
  readonly values: Readonly<Record<string, number>>;
  /** What multiplies: `hundred`, `thousand`, `dozen`. Alone it counts once. */
  readonly multipliers: Readonly<Record<string, number>>;
  /** What counts by itself and multiplies nothing: `a couple`. */
  readonly sets: Readonly<Record<string, number>>;
  /** Stand between parts: `two hundred and five`. */
  readonly joiners: readonly string[];
  /** Count one ahead of a multiplier, and nothing elsewhere: `a dozen`. Those that are values too are a weak one. */
  readonly articles: readonly string[];
  readonly halves: readonly string[];
  /** `three and a half`. */
  readonly andHalf: readonly string[];
  readonly points: readonly string[];
  readonly minus: readonly string[];
  /** Whether parts are written as one word: `zweihundertfünf`. */
  readonly glued?: boolean;
  /** A range, `#` for its ends: `between # and #`. */
  readonly ranges: readonly string[];
  /** Ahead of a number or behind it these make it a bound: `at least 5`. */
  readonly bounds: readonly string[];
  /** Amounts that are no number. */
  readonly vague: readonly string[];
  /** Nobody, nothing. */
  readonly none: readonly string[];
}

const list = (words: string): readonly string[] => words.split(',').map((word) => word.trim());

/** Numbers one after the other, from the first one on, by steps. */
function counted(words: string, first: number, step = 1): Readonly<Record<string, number>> {
  return Object.fromEntries(list(words).map((word, index) => [word, first + index * step]));
}

const en: NumberWords = {
  values: {
    ...counted('zero, one, two, three, four, five, six, seven, eight, nine, ten', 0),
    ...counted('eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen', 11),
    ...counted('twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety', 20, 10),
    fourty: 40,
    nil: 0,
    nought: 0,
  },
  multipliers: {
    hundred: 100,
    hundreds: 100,
    thousand: 1_000,
    k: 1_000,
    grand: 1_000,
    million: 1_000_000,
    millions: 1_000_000,
    mio: 1_000_000,
    dozen: 12,
  },
  sets: { couple: 2, 'couple of': 2, pair: 2, 'pair of': 2 },
  joiners: ['and'],
  articles: ['a', 'an'],
  halves: ['half', 'half a', 'half an'],
  andHalf: ['and a half', 'and half', 'and one half'],
  points: ['point'],
  minus: ['minus', 'negative'],
  ranges: list('# to #, # or #, # till #, # until #, # through #, # thru #, between # and #'),
  bounds: list(
    'at least, at most, no more than, not more than, not less than, more than, less than, fewer than, over, under, up to, minimum, maximum, at minimum, at maximum, min, max, or more, or less, or so more, or fewer, plus, not',
  ),
  vague: list('few, a few, several, many, some, lots, a lot, dozens, thousands, loads, plenty, tons'),
  none: list('none, nobody, noone, no one, nothing'),
};

const es: NumberWords = {
  values: {
    ...counted(
      'cero, uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, catorce, quince, dieciseis, diecisiete, dieciocho, diecinueve, veinte',
      0,
    ),
    ...counted(
      'veintiuno, veintidos, veintitres, veinticuatro, veinticinco, veintiseis, veintisiete, veintiocho, veintinueve, treinta',
      21,
    ),
    ...counted('cuarenta, cincuenta, sesenta, setenta, ochenta, noventa, cien', 40, 10),
    ...counted(
      'ciento, doscientos, trescientos, cuatrocientos, quinientos, seiscientos, setecientos, ochocientos, novecientos',
      100,
      100,
    ),
    ...counted(
      'doscientas, trescientas, cuatrocientas, quinientas, seiscientas, setecientas, ochocientas, novecientas',
      200,
      100,
    ),
    un: 1,
    una: 1,
    veintiun: 21,
    veintiuna: 21,
  },
  multipliers: { mil: 1_000, millon: 1_000_000, millones: 1_000_000, docena: 12, docenas: 12 },
  sets: { par: 2, 'par de': 2 },
  joiners: ['y'],
  articles: ['un', 'una'],
  halves: ['medio', 'media'],
  andHalf: ['y medio', 'y media'],
  points: ['punto', 'coma'],
  minus: ['menos'],
  ranges: list('# a #, # o #, # u #, # hasta #, entre # y #'),
  bounds: list(
    'al menos, por lo menos, como minimo, como maximo, mas de, menos de, no mas de, hasta un maximo de, minimo, maximo, o mas, o menos, no',
  ),
  vague: list('pocos, pocas, varios, varias, muchos, muchas, algunos, algunas, unos cuantos'),
  none: list('ninguno, ninguna, nadie, nada'),
};

const frTens = (tens: string, first: number, words: string) =>
  Object.fromEntries(Object.entries(counted(words, first)).map(([word, value]) => [`${tens} ${word}`, value]));

const fr: NumberWords = {
  values: {
    ...counted(
      'zero, un, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze, seize',
      0,
    ),
    ...counted('dix sept, dix huit, dix neuf, vingt', 17),
    ...counted('trente, quarante, cinquante, soixante, soixante dix, quatre vingt, quatre vingt dix', 30, 10),
    ...frTens('soixante', 71, 'et onze, douze, treize, quatorze, quinze, seize, dix sept, dix huit, dix neuf'),
    ...frTens('quatre vingt', 91, 'onze, douze, treize, quatorze, quinze, seize, dix sept, dix huit, dix neuf'),
    'quatre vingts': 80,
    'soixante onze': 71,
    septante: 70,
    huitante: 80,
    octante: 80,
    nonante: 90,
    une: 1,
  },
  multipliers: {
    cent: 100,
    cents: 100,
    mille: 1_000,
    million: 1_000_000,
    millions: 1_000_000,
    douzaine: 12,
    douzaines: 12,
    dizaine: 10,
    dizaines: 10,
    vingtaine: 20,
    centaine: 100,
  },
  sets: { paire: 2, 'paire de': 2 },
  joiners: ['et'],
  articles: ['une', 'un'],
  halves: ['demi', 'demie', 'une demi', 'un demi', 'la moitie d une'],
  andHalf: ['et demi', 'et demie'],
  points: ['virgule', 'point'],
  minus: ['moins'],
  ranges: list('# a #, # ou #, # jusqua #, entre # et #'),
  bounds: list(
    'au moins, au plus, au minimum, au maximum, plus de, moins de, pas plus de, minimum, maximum, ou plus, ou moins, pas',
  ),
  vague: list('quelques, plusieurs, beaucoup, peu'),
  none: list('aucun, aucune, personne, rien'),
};

const deUnits = counted('ein, zwei, drei, vier, funf, sechs, sieben, acht, neun', 1);
const deTens = { ...counted('zwanzig, dreissig, vierzig, funfzig, sechzig, siebzig, achtzig, neunzig', 20, 10) };
const deCompounds = Object.entries(deUnits).flatMap(([unit, ones]) =>
  Object.entries(deTens).map(([ten, tens]) => [`${unit}und${ten}`, tens + ones] as const),
);

const de: NumberWords = {
  values: {
    ...counted(
      'null, eins, zwei, drei, vier, funf, sechs, sieben, acht, neun, zehn, elf, zwolf, dreizehn, vierzehn, funfzehn, sechzehn, siebzehn, achtzehn, neunzehn',
      0,
    ),
    ...deTens,
    ...Object.fromEntries(deCompounds),
    ein: 1,
    eine: 1,
    einen: 1,
    zwo: 2,
    fuenf: 5,
    zwoelf: 12,
    fuenfzehn: 15,
    fuenfzig: 50,
  },
  multipliers: { hundert: 100, tausend: 1_000, million: 1_000_000, millionen: 1_000_000, dutzend: 12 },
  sets: {},
  joiners: ['und'],
  articles: ['ein', 'eine', 'einen', 'einem', 'einer'],
  halves: ['halb', 'halbe', 'halbes', 'halber', 'halben', 'ein halbes', 'eine halbe', 'ein halber', 'einen halben'],
  andHalf: ['einhalb', 'und ein halb', 'und eine halbe', 'und ein halbes'],
  points: ['komma', 'punkt'],
  minus: ['minus'],
  glued: true,
  ranges: list('# bis #, # oder #, zwischen # und #'),
  bounds: list(
    'mindestens, hochstens, maximal, minimal, mehr als, weniger als, nicht mehr als, uber, unter, bis zu, oder mehr, oder weniger, nicht',
  ),
  vague: list('einige, mehrere, viele, wenige, ein paar'),
  none: list('keine, keiner, keins, niemand, nichts'),
};

const pt: NumberWords = {
  values: {
    ...counted(
      'zero, um, dois, tres, quatro, cinco, seis, sete, oito, nove, dez, onze, doze, treze, catorze, quinze, dezesseis, dezessete, dezoito, dezenove, vinte',
      0,
    ),
    ...counted('trinta, quarenta, cinquenta, sessenta, setenta, oitenta, noventa, cem', 30, 10),
    ...counted(
      'cento, duzentos, trezentos, quatrocentos, quinhentos, seiscentos, setecentos, oitocentos, novecentos',
      100,
      100,
    ),
    ...counted(
      'duzentas, trezentas, quatrocentas, quinhentas, seiscentas, setecentas, oitocentas, novecentas',
      200,
      100,
    ),
    uma: 1,
    duas: 2,
    quatorze: 14,
    dezasseis: 16,
    dezassete: 17,
    dezanove: 19,
  },
  multipliers: { mil: 1_000, milhao: 1_000_000, milhoes: 1_000_000, duzia: 12, duzias: 12 },
  sets: { par: 2, 'par de': 2 },
  joiners: ['e'],
  articles: ['um', 'uma'],
  halves: ['meio', 'meia'],
  andHalf: ['e meio', 'e meia'],
  points: ['virgula', 'ponto'],
  minus: ['menos'],
  ranges: list('# a #, # ou #, # ate #, entre # e #'),
  bounds: list(
    'pelo menos, no minimo, no maximo, mais de, menos de, nao mais de, minimo, maximo, ou mais, ou menos, nao',
  ),
  vague: list('poucos, poucas, varios, varias, muitos, muitas, alguns, algumas'),
  none: list('nenhum, nenhuma, ninguem, nada'),
};

/** By language, as BCP 47 has it. */
export const numberWords = { en, es, fr, de, pt } as const satisfies Readonly<Record<string, NumberWords>>;
