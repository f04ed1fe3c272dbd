/** What people say around their names, in one language; expressions without case. */
export interface NameWords {
  /** Ahead of the name: `my name is`. */
  readonly leads: readonly string[];
  /** Behind it: `here`. */
  readonly tails: readonly string[];
  /** Words that no name has, folded. Those that some have (`Will`, `May`, `An`) are not here. */
  readonly never: readonly string[];
  /** Between the names of two people. */
  readonly joiners: readonly string[];
}

const list = (words: string): readonly string[] => words.split(',').map((word) => word.trim());

/** By language, as BCP 47 has it. */
export const nameWords = {
  en: {
    leads: list(
      "hi, hello, hey, hiya, yes, sure, ok, okay, good morning, good afternoon, good evening, my (?:full |first |last )?name(?: is|'s|s), the name(?: is|'s), name is, name, i am, i'm, im, it is, it's, its, this is, call me, just call me, you can call me, people call me, everyone calls me, they call me, i go by, i'm called, i am called",
    ),
    tails: list('here, speaking, please, thanks, thank you, thx, is my name, is the name'),
    never: list(
      'yes, yeah, yep, no, nope, ok, okay, sure, hi, hello, hey, thanks, thank, please, the, this, that, these, those, is, are, was, were, am, be, been, have, has, had, what, whats, why, who, whos, how, where, when, which, your, you, youre, want, need, dont, cant, wont, didnt, doesnt, not, never, it, its, im, we, they, he, she, his, her, our, their, of, for, from, with, without, about, because, but, or, if, then, than, there, here, stop, help, start, cancel, quit, idk, dunno, know, nothing, none, nobody, anonymous, maybe, skip, later, sorry, wrong, name, number, call, tell, say, said, already, just, give, gave, get, got, make, can, could, would, should, looking, going, interested, tired, busy, good, fine, great, bad, happy, sad, yours, mine, me, i, lol, haha, wtf, fuck, shit, hungry, driving, sure, to, at, on, too, very, done',
    ),
    joiners: list('and, or'),
  },
  es: {
    leads: list(
      'hola, buenas, buenos dias, si, mi nombre(?: completo)? es, el nombre es, nombre, me llamo, soy, me dicen, me llaman, puedes llamarme, con',
    ),
    tails: list('gracias, por favor, es mi nombre, para servirle'),
    never: list(
      'si, no, gracias, hola, que, por, porque, como, cuando, donde, quien, cual, es, son, soy, estoy, esta, quiero, necesito, puedo, tengo, nada, ninguno, nadie, mi, su, tu, yo, un, una, nombre, ayuda, favor, aqui, para, con, pero',
    ),
    joiners: list('o'),
  },
  fr: {
    leads: list(
      "bonjour, bonsoir, salut, oui, je m'appelle, je mappelle, je me nomme, mon (?:nom|pr[ée]nom) est, mon (?:nom|pr[ée]nom) c'est, moi c'est, c'est, ici, je suis, on m'appelle, appelez[- ]moi, appelle[- ]moi, nom",
    ),
    tails: list("merci, s'il vous pla[iî]t, svp, [àa] l'appareil"),
    never: list(
      'oui, non, merci, bonjour, pourquoi, comment, quand, quoi, qui, quel, quelle, est, sont, suis, je, tu, il, elle, nous, vous, veux, voudrais, peux, pas, rien, personne, un, une, nom, mon, ma, votre, aide, pour, avec, mais, ici',
    ),
    joiners: list('et, ou'),
  },
  de: {
    leads: list(
      'hallo, hi, guten tag, guten morgen, moin, ja, mein name ist, mein name, name, ich hei(?:ß|ss)e, ich bin(?: die| der)?, hier ist, hier spricht, hier, das ist, nennen sie mich, nenn mich, man nennt mich',
    ),
    tails: list('danke, bitte, hier, ist mein name, am apparat'),
    never: list(
      'ja, nein, danke, bitte, hallo, was, warum, wieso, wer, wie, wann, wo, welche, ist, sind, bin, ich, du, er, sie, es, wir, ihr, will, kann, nicht, kein, keine, nichts, niemand, ein, eine, der, die, das, mein, name, hilfe, und, oder, aber, mit, fur',
    ),
    joiners: list('und, oder'),
  },
  pt: {
    leads: list(
      'ol[áa], oi, bom dia, boa tarde, boa noite, sim, (?:o )?meu nome(?: completo)? [ée], nome, me chamo, chamo-me, eu sou(?: [oa])?, sou(?: [oa])?, aqui [ée](?: [oa])?, pode me chamar de, me chamam(?: de)?',
    ),
    tails: list('obrigad[oa], por favor, aqui'),
    never: list(
      'sim, nao, obrigado, obrigada, ola, oi, que, porque, como, quando, onde, quem, qual, sou, estou, esta, quero, preciso, posso, tenho, nada, ninguem, nenhum, meu, minha, seu, um, uma, nome, ajuda, favor, aqui, para, com, mas, eu',
    ),
    joiners: list('ou'),
  },
} as const satisfies Readonly<Record<string, NameWords>>;

/** In lower case within a name, whatever language it is of. */
export const particles: ReadonlySet<string> = new Set(
  list(
    "de, del, della, di, da, das, do, dos, du, des, la, las, los, van, von, vom, der, den, het, 't, ter, ten, zu, zum, zur, bin, ibn, binti, bint, al, el, y, e, i, af, av, und, ben",
  ),
);

/** Written as they are here, at the end of a name. */
export const suffixes: ReadonlyMap<string, string> = new Map(
  list('Jr, Sr, II, III, IV, PhD, MD, Esq').map((suffix) => [suffix.toLowerCase(), suffix]),
);
