/** What people say around a choice, in one language; folded. */
export interface ChoiceWords {
  /** Say nothing about which. */
  readonly asides: readonly string[];
  /** Exclude what follows: `not the large one`. */
  readonly negations: readonly string[];
  /** Exclude what is right behind them only: `no olives`, but `no I want olives`. */
  readonly without: readonly string[];
  /** First, second, third …, in every form. A place is several spellings, by `/`. */
  readonly places: readonly string[];
  readonly last: readonly string[];
  /** Stand between several choices. */
  readonly joiners: readonly string[];
  readonly all: readonly string[];
  /** All of two. */
  readonly both: readonly string[];
  readonly none: readonly string[];
  /** All of them but those that follow. */
  readonly except: readonly string[];
}

const list = (words: string): readonly string[] => words.split(',').map((word) => word.trim());

/** By language, as BCP 47 has it. */
export const choiceWords = {
  en: {
    asides: list(
      'please, pls, plz, thanks, thank, thx, you, ty, the, a, an, one, ones, i, id, ill, im, we, wed, well, lets, let, us, me, my, mine, would, will, like, love, want, wanna, need, prefer, pick, choose, choosing, select, selecting, take, taking, have, having, get, getting, give, go, going, with, for, to, of, on, it, is, its, be, that, thats, this, can, could, do, just, think, guess, say, maybe, hmm, um, uh, oh, so, sure, yes, yeah, ok, okay, hi, hello, option, options, number, no, nr, choice, answer, letter, item, size, some, definitely, probably, sorry, extra please',
    ),
    negations: list('not, dont, without, except, but, never, isnt'),
    without: list('no, hold, minus'),
    places: list(
      'first/1st, second/2nd, third/3rd, fourth/4th, fifth/5th, sixth/6th, seventh/7th, eighth/8th, ninth/9th, tenth/10th',
    ),
    last: list('last, bottom'),
    joiners: list('and, plus, also, with, then'),
    all: list('all, everything, every, every one, all of them, all of the above, the lot, the works, all of it'),
    both: list('both, both of them, the two'),
    none: list('none, nothing, neither, none of them, none of the above, no thanks, nope, no, not any, zero, skip'),
    except: list('except, except for, but, but not, without, besides, minus, apart from, other than, not'),
  },
  es: {
    asides: list(
      'por, favor, porfavor, porfa, gracias, el, la, los, las, lo, un, una, unos, unas, de, del, con, para, a, me, mi, nos, yo, quiero, queremos, quisiera, queria, gustaria, prefiero, elijo, escojo, tomo, dame, ponme, pon, deme, llevo, es, ese, esa, este, esta, opcion, numero, num, respuesta, letra, tamano, si, vale, bueno, pues, hola, creo, que',
    ),
    negations: list('no, sin, menos, excepto, ni, salvo'),
    without: [],
    places: list(
      'primero/primera/primer/1o/1a, segundo/segunda/2o/2a, tercero/tercera/tercer/3o/3a, cuarto/cuarta/4o/4a, quinto/quinta/5o/5a, sexto/sexta, septimo/septima, octavo/octava, noveno/novena, decimo/decima',
    ),
    last: list('ultimo, ultima'),
    joiners: list('y, e, mas, tambien, con'),
    all: list('todo, todos, todas, todo eso'),
    both: list('ambos, ambas, los dos, las dos'),
    none: list('ninguno, ninguna, nada, no, no gracias, nada de eso'),
    except: list('excepto, menos, sin, salvo, pero no, a excepcion de'),
  },
  fr: {
    asides: list(
      's, il, vous, te, plait, sil, svp, stp, merci, le, la, les, l, un, une, des, du, de, d, avec, pour, a, je, j, jai, moi, nous, on, veux, voudrais, voulons, prefere, choisis, prends, prendrai, prendrais, aimerais, donnez, donne, mettez, cest, c, est, ce, cette, celui, celle, option, numero, num, no, choix, reponse, lettre, taille, oui, ok, bon, alors, bonjour',
    ),
    negations: list('pas, sans, sauf, ni, excepte'),
    without: [],
    places: list(
      'premier/premiere/1er/1ere, deuxieme/second/seconde/2e/2eme, troisieme/3e/3eme, quatrieme/4e/4eme, cinquieme/5e/5eme, sixieme/6e, septieme/7e, huitieme/8e, neuvieme/9e, dixieme/10e',
    ),
    last: list('dernier, derniere'),
    joiners: list('et, plus, aussi, avec, puis'),
    all: list('tout, tous, toutes, tout ca'),
    both: list('les deux'),
    none: list('aucun, aucune, rien, non, non merci, rien du tout'),
    except: list('sauf, sans, excepte, a part, mais pas, hormis'),
  },
  de: {
    asides: list(
      'bitte, danke, der, die, das, den, dem, ein, eine, einen, einer, eines, mit, fur, zu, ich, wir, mir, uns, mich, hatte, hatten, mochte, mochten, will, wollen, wurde, nehme, nehmen, nehm, wahle, bevorzuge, gib, geben, gerne, gern, lieber, es, ist, dies, diese, dieser, option, nummer, nr, antwort, auswahl, buchstabe, grosse, ja, ok, also, dann, mal, hallo',
    ),
    negations: list('nicht, kein, keine, keinen, ohne, ausser, nie'),
    without: [],
    places: list(
      'erste/ersten/erster/erstes, zweite/zweiten/zweiter/zweites, dritte/dritten/dritter/drittes, vierte/vierten/vierter/viertes, funfte/funften/funfter/funftes, sechste/sechsten, siebte/siebten, achte/achten, neunte/neunten, zehnte/zehnten',
    ),
    last: list('letzte, letzten, letzter, letztes'),
    joiners: list('und, plus, auch, mit, sowie'),
    all: list('alle, alles, alle davon'),
    both: list('beide, beides'),
    none: list('keine, keins, keiner, nichts, nein, nein danke, gar nichts'),
    except: list('ausser, ohne, bis auf, aber nicht, nicht'),
  },
  pt: {
    asides: list(
      'por, favor, pf, obrigado, obrigada, o, a, os, as, um, uma, uns, umas, de, do, da, com, para, pra, eu, nos, me, quero, queremos, queria, gostaria, prefiro, escolho, fico, vou, querer, tomar, levo, e, esse, essa, este, esta, opcao, numero, num, resposta, letra, tamanho, sim, ok, bom, entao, ola, oi, acho, que',
    ),
    negations: list('nao, sem, menos, exceto, nem'),
    without: [],
    places: list(
      'primeiro/primeira/1o/1a, segundo/segunda/2o/2a, terceiro/terceira/3o/3a, quarto/quarta/4o/4a, quinto/quinta/5o/5a, sexto/sexta, setimo/setima, oitavo/oitava, nono/nona, decimo/decima',
    ),
    last: list('ultimo, ultima'),
    joiners: list('e, mais, tambem, com'),
    all: list('tudo, todos, todas'),
    both: list('ambos, ambas, os dois, as duas'),
    none: list('nenhum, nenhuma, nada, nao, nao obrigado, nao obrigada'),
    except: list('exceto, menos, sem, mas nao, fora, tirando'),
  },
} as const satisfies Readonly<Record<string, ChoiceWords>>;
