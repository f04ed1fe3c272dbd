/**
 * What people say when they are asked for yes or no, in one language. Phrases are folded: lower case, no accents, no marks, no
 * apostrophes (`dont`). A longer phrase goes before a shorter one within it: `no problem` is yes.
 */
export interface YesOrNoWords {
  /** Yes wherever it stands. */
  readonly yes: readonly string[];
  /** Yes if nothing else is said; a word of many uses in a sentence. */
  readonly mildYes: readonly string[];
  readonly no: readonly string[];
  /** No if nothing else is said. */
  readonly mildNo: readonly string[];
  /** Neither, or not yet. */
  readonly unsure: readonly string[];
  /** Neither yes nor no alone; beside a no they say why: `no thanks, I'm good`. */
  readonly content: readonly string[];
  /** Turn round what follows, or make it doubtful. */
  readonly negations: readonly string[];
  /** Tie an answer to something else. */
  readonly hedges: readonly string[];
  /** Yes if nothing else is said, courtesy beside anything else. */
  readonly please: readonly string[];
  /**
   * May follow a bare no: `no I can't`. Ahead of any other word it is no answer but says that there is none of something, or is a
   * negation: `no pickles`, `no funciona`.
   */
  readonly subjects: readonly string[];
  /** Say nothing about it. */
  readonly asides: readonly string[];
}

const list = (words: string): readonly string[] => words.split(',').map((word) => word.trim());

const en: YesOrNoWords = {
  yes: list(`
    yes, y, yep, yup, yea, yeah, yeh, yah, ya, yess, yas, yis, yassir, yessir, yes sir, yes maam, ye, yee, aye,
    uh huh, mhm, mm hmm, mmhm, mmhmm, affirmative, absolutely, definitely, definately, certainly, indeed, totally,
    of course, ofc, no problem, no doubt, without a doubt, no question, not a problem, np, why not, for sure, fo sho,
    sure thing, you bet, you betcha, by all means, please do, ill be there, i will be there, be there, count me in,
    im in, lets do it, lets do this, go ahead, go for it, sounds good, sounds great, works for me, that works,
    that is correct, thats correct, thats right, that is right, right on, all good, cant wait, i cant wait,
    dont mind if i do, i dont mind, i agree, agreed, confirm, confirmed, i confirm, accept, i accept, approve,
    approved, most likely, roger, roger that, 10 4, heck yes, hell yes, hell yeah, yes indeed, oui oui, why yes,
    i think so, i believe so, i guess so, i suppose so, indubitably
  `),
  mildYes: list(`
    ok, okay, okey, okey dokey, okie dokie, k, kk, okk, oki, sure, shure, fine, good, great, perfect, cool, nice,
    awesome, excellent, wonderful, right, correct, true, exactly, precisely, alright, all right, aight, very well,
    gladly, with pleasure, absolutly, deal, bet, done, always, naturally, works, lovely, yay, woohoo, sounds fine,
    thats fine, that is fine, thats ok, thats okay, thats good, thats great, thatll work, 100 percent, positive,
    already did, i do, i am, i will, i would, id love to, id like to, i would like to, i want to, i can, i did,
    i have, lets go, do it, it does, it is
  `),
  no: list(`
    no, n, nope, nop, nah, naw, nay, noo, nuh uh, uh uh, no way, negative, negatory, not at all, not really, not yet,
    not now, not right now, not today, not tonight, not tomorrow, not this time, not anymore, not any more,
    not interested, not for me, not happening, not a chance, no chance, of course not, absolutely not, definitely not,
    certainly not, probably not, preferably not, hopefully not, rather not, id rather not, i would rather not,
    hell no, heck no, no sir, no maam, i dont think so, dont think so, i think not, i dont want to, i dont want,
    dont want to, cant make it, thats not right, that is not right, thats wrong, not correct, not right,
    that is wrong, not ok, not okay, not good, incorrect, please dont, i refuse, decline, declined, i decline, reject,
    i disagree, disagree, count me out, im out, i pass, ill pass, hard pass, no can do, dont bother, nothing doing,
    no more, i cant make it, i cant come, i wont make it, i wont come, i wont be there, i will not be there,
    im not interested, im not coming, i am not coming, i dont want it, i dont want any, dont want it
  `),
  mildNo: list(`
    pass, wrong, false, nothing, none, neither, never mind, nevermind, nvm, forget it, skip, zero, never, i dont,
    i do not, i wont, i will not, i wouldnt, i would not, i cant, i can not, i cannot, i didnt, i did not, i havent,
    i have not, im not, i am not, i dont need, dont, do not, cant, cannot, wont, couldnt, it isnt, it is not, its not
  `),
  unsure: list(`
    not sure, im not sure, i am not sure, unsure, not certain, not so sure, not too sure, not entirely sure,
    not 100 sure, not yet sure, maybe, mabye, perhaps, possibly, might, i might, could be, it depends, depends,
    dont know, i dont know, do not know, i do not know, dunno, idk, no idea, no clue, not a clue, have no idea,
    who knows, cant say, cant tell, cant decide, hard to say, dont care, i dont care, do not care, idc, whatever,
    doesnt matter, no matter, either, either way, both, yes and no, so so, no worries, let me think, let me check,
    need to think, i need to check, ill think about it, ill check, ask me later, later, undecided, havent decided,
    not decided, have not decided, on the fence, hmm, um maybe, if you say so, dont remember, i dont remember,
    cant remember, dont understand, i dont understand, do not understand, cant answer, why, what, huh
  `),
  content: list('im good, i am good, im fine, i am fine, im ok, i am ok, im all set, we are good, were good'),
  negations: list(`
    not, isnt, arent, wasnt, doesnt, didnt, dont, hardly, barely, never, cant, wont, wouldnt, shouldnt, aint, without
  `),
  hedges: list('but, unless, if, only if, except, however, though, although, until, or'),
  please: list('please, pls, plz, pleez'),
  subjects: list(`
    i, im, ill, id, ive, we, weve, were, well, that, thats, this, it, its, he, she, they, theyre, you, my, our, there,
    because, cause, cuz, as, not
  `),
  asides: list(`
    thanks, thank you, thank you very much, thank you so much, many thanks, thx, thnx, tnx, ty, tysm, thank u,
    thanks so much, thanks a lot, cheers, sorry, hi, hello, hey, hiya, good morning, good afternoon, good evening,
    dear, sir, maam, madam, man, dude, bro, mate, buddy, friend, lol, haha, hahaha, ha, oh, ah, um, uh, er, erm, well,
    so, and, very much, very, really, just, my answer is, the answer is, answer, id say, i say, i said, i guess,
    i think, i suppose, i would say, thats a, that is a, thats, its a, a, the, from me, for me, to me, by me, with me,
    to that, to both, to it, to this, now, again, then, actually, honestly, still, sadly, unfortunately, afraid,
    im afraid, i am afraid, for now, this time, today, tomorrow, tonight, on that, everyone, all, we do, we will,
    we are, see you, see you then, see ya, see you there, talk soon, have a great day, have a good day,
    have a nice day, god bless, bless you, too, also
  `),
};

const es: YesOrNoWords = {
  yes: list(`
    si, sii, sip, sipi, simon, claro, claro que si, por supuesto, desde luego, como no, por que no, como que no,
    afirmativo, efectivamente, en efecto, sin duda, sin problema, no hay problema, ningun problema, cuenta conmigo,
    ahi estare, alli estare, confirmo, confirmado, acepto, de acuerdo, estoy de acuerdo, creo que si, supongo que si,
    obvio, obviamente, seguro que si, me parece bien, asi es, es correcto, ya lo creo, hagalo, hazlo, con mucho gusto,
    con gusto
  `),
  mildYes: list(`
    s, ok, okay, okey, oki, vale, bueno, bien, dale, correcto, exacto, perfecto, genial, seguro, listo, orale, venga,
    excelente, cierto, verdad, si quiero, quiero, me gustaria, me encantaria, esta bien, eso es, adelante, hecho
  `),
  no: list(`
    no, nop, nope, noo, nah, para nada, de ninguna manera, de ningun modo, ni hablar, ni loco, claro que no,
    por supuesto que no, desde luego que no, negativo, en absoluto, todavia no, aun no, ahora no, hoy no,
    no me interesa, no estoy interesado, no estoy interesada, no estoy de acuerdo, creo que no, mejor no, que no,
    va a ser que no, rechazo, no es correcto, incorrecto, no acepto
  `),
  mildNo: list(`
    n, nada, ninguno, ninguna, ni modo, falso, olvidalo, paso, nunca, jamas, tampoco, no puedo, no voy, no quiero
  `),
  unsure: list(`
    no se, no lo se, no estoy seguro, no estoy segura, no seguro, no sabria, no tengo idea, ni idea, no sabe, tal vez,
    talvez, quizas, quiza, puede ser, puede que si, a lo mejor, depende, me da igual, da igual, no importa,
    no me importa, lo que sea, mas tarde, luego, no entiendo, no recuerdo, no me acuerdo, mas o menos, como, que,
    por que, si y no, no creo que pueda decidir
  `),
  content: list('estoy bien'),
  negations: list('no, ni, sin, nunca'),
  hedges: list('pero, a menos que, salvo, excepto, aunque, sino, hasta, o, solo si'),
  please: list('por favor, porfavor, porfa'),
  subjects: list('yo, nosotros, porque, es, hoy, ahora, mi, eso, ya, todavia, aun'),
  asides: list(`
    gracias, muchas gracias, mil gracias, senor, senora, hola, buenos dias, buenas tardes, buenas, ay, pues, pos, muy,
    amable, la verdad, lo siento, perdon, mi respuesta es, diria que, digo que, jaja, jajaja, ahora, tambien, y,
    senorita, amigo, amiga, saludos
  `),
};

const fr: YesOrNoWords = {
  yes: list(`
    oui, ouii, ouais, oue, ui, mouais oui, bien sur, bien sur que oui, bien entendu, evidemment, absolument,
    tout a fait, certainement, carrement, sans probleme, pas de probleme, pas de souci, aucun probleme,
    sans doute aucun, pourquoi pas, avec plaisir, volontiers, d accord, daccord, je suis d accord, je suis daccord,
    je confirme, confirme, j accepte, jaccepte, je veux bien, je crois que oui, je pense que oui, c est ca, cest ca,
    c est exact, cest exact, c est correct, cest correct, effectivement, affirmatif, allez y, vas y, je serai la,
    j y serai, jy serai, ca marche, ca me va
  `),
  mildYes: list(`
    o, ok, okay, dac, dacc, si, bon, bien, tres bien, parfait, exact, exactement, super, correct, vrai, entendu,
    nickel, impec, top, je veux, c est bon, cest bon
  `),
  no: list(`
    non, nan, nn, nop, nope, pas du tout, pas question, hors de question, jamais de la vie, absolument pas,
    surement pas, certainement pas, bien sur que non, pas vraiment, pas encore, pas maintenant, pas aujourdhui,
    pas ce soir, pas cette fois, pas interesse, pas interessee, negatif, je ne pense pas, je pense pas,
    je ne crois pas, je crois pas, je crois que non, je pense que non, je ne suis pas d accord, pas d accord,
    pas daccord, je refuse, incorrect, plutot pas, en aucun cas, aucunement, nullement
  `),
  mildNo: list(`
    n, faux, rien, aucun, tant pis, laisse tomber, laissez tomber, bof non, jamais, je ne veux pas, je veux pas,
    je ne peux pas, je peux pas
  `),
  unsure: list(`
    je ne sais pas, je sais pas, sais pas, chais pas, j sais pas, jsp, je ne suis pas sur, je ne suis pas sure,
    je suis pas sur, je suis pas sure, pas sur, pas sure, pas certain, pas certaine, aucune idee, pas la moindre idee,
    peut etre, peutetre, ca depend, cela depend, je m en fiche, peu importe, n importe, ca m est egal,
    comme vous voulez, plus tard, bof, mouais, je ne comprends pas, je comprends pas, je ne me souviens pas,
    oui et non, pourquoi, quoi, hein
  `),
  content: list('ca va, je suis bien'),
  negations: list('pas, ne, jamais, sans, ni'),
  hedges: list('mais, sauf, a moins que, sauf si, seulement si, cependant, jusqu a, ou'),
  please: list('s il vous plait, sil vous plait, s il te plait, sil te plait, svp, stp'),
  subjects: list('je, j, jai, nous, on, c, cest, ce, ca, il, elle, mon, ma, pas, parce'),
  asides: list(`
    merci, merci beaucoup, merci bien, bonjour, bonsoir, salut, monsieur, madame, desole, desolee, euh, ben, bah,
    alors, c est, cest, un, mon, je dirais, je dis, ma reponse est, pour moi, haha, mdr, cordialement, et, aussi,
    tres, mais oui
  `),
};

const de: YesOrNoWords = {
  yes: list(`
    ja, jaa, jap, jep, jo, joa, jupp, jup, jawohl, jawoll, ja gerne, ja klar, na klar, klar, aber klar, klaro,
    naturlich, selbstverstandlich, sicher doch, aber sicher, aber ja, auf jeden fall, auf alle falle, unbedingt,
    definitiv, absolut, kein problem, gar kein problem, warum nicht, wieso nicht, ohne zweifel, zweifellos, bestatigt,
    bestatige, ich bestatige, einverstanden, ich bin einverstanden, ich bin dabei, bin dabei, stimmt, das stimmt,
    das ist richtig, freilich, gewiss, mach ich, machen wir, von mir aus, ich glaube schon, ich denke schon,
    glaub schon, das passt, passt mir, geht klar, geht in ordnung, in ordnung
  `),
  mildYes: list(`
    j, ok, okay, oki, gut, sehr gut, prima, super, toll, perfekt, richtig, genau, korrekt, sicher, gern, gerne,
    sehr gern, sehr gerne, wahr, alles klar, wunderbar, top, ich will, ich mochte, ich komme, passt
  `),
  no: list(`
    nein, ne, nee, neee, no, noe, nein nein, auf keinen fall, keinesfalls, keineswegs, bestimmt nicht, sicher nicht,
    naturlich nicht, ganz sicher nicht, eher nicht, lieber nicht, besser nicht, gar nicht, uberhaupt nicht,
    noch nicht, jetzt nicht, heute nicht, leider nicht, leider nein, kein interesse, kein bedarf, nicht interessiert,
    ich komme nicht, geht nicht, das stimmt nicht, stimmt nicht, nicht richtig, nicht einverstanden,
    ich bin nicht einverstanden, ich glaube nicht, glaube nicht, glaub nicht, ich denke nicht, abgelehnt,
    ich lehne ab, vergiss es, passt nicht, passt mir nicht
  `),
  mildNo: list(`
    n, falsch, nichts, keine, keiner, keins, niemand, nicht, nie, niemals, ich kann nicht, kann nicht, ich will nicht,
    ich mochte nicht
  `),
  unsure: list(`
    nicht sicher, ich bin nicht sicher, ich bin mir nicht sicher, bin nicht sicher, bin mir nicht sicher,
    nicht ganz sicher, unsicher, weiss nicht, ich weiss nicht, ich weiss es nicht, weiss ich nicht,
    weiss ich noch nicht, weiss noch nicht, ich weiss noch nicht, keine ahnung, kein plan, kp, ka, vielleicht,
    eventuell, mal sehen, kommt drauf an, kommt darauf an, je nachdem, egal, mir egal, ist mir egal, spater, jein,
    ja und nein, naja, na ja, hm, hmm, moglicherweise, ich verstehe nicht, verstehe ich nicht, warum, was, wie,
    wie bitte
  `),
  content: list('passt schon, alles gut'),
  negations: list('nicht, kein, keine, keinen, nie, ohne, weder'),
  hedges: list('aber, ausser, es sei denn, falls, wenn, nur wenn, jedoch, obwohl, bis, oder'),
  please: list('bitte, bitte schon, bitteschon'),
  subjects: list('ich, wir, das, es, er, sie, mein, heute, weil, da, leider, nicht'),
  asides: list(`
    danke, dankeschon, danke schon, vielen dank, besten dank, danke sehr, hallo, guten tag, guten morgen, guten abend,
    moin, servus, tut mir leid, sorry, also, ach, ah, oh, na, doch, mal, wohl, ich sage, ich wurde sagen,
    meine antwort ist, lg, mfg, gruss, viele grusse, liebe grusse, leider, heute, jetzt, haha, und, auch, sehr
  `),
};

const pt: YesOrNoWords = {
  yes: list(`
    sim, simm, siim, ss, claro, claro que sim, com certeza, certamente, com prazer, sem duvida, sem problema,
    nao tem problema, nenhum problema, por que nao, porque nao, pois sim, pois claro, obvio, evidentemente,
    afirmativo, confirmo, confirmado, aceito, concordo, de acordo, estou de acordo, acho que sim, creio que sim,
    quero sim, vou sim, pode ser sim, pode sim, esta bem, ta bom, ta bem, isso mesmo, e isso, estarei la,
    conte comigo, fechado, com muito gosto, logico
  `),
  mildYes: list(`
    s, ok, okay, bom, bem, certo, correto, exato, exatamente, perfeito, beleza, blz, otimo, legal, isso, verdade,
    uhum, aham, tudo bem, combinado, pode, fixe, quero, gostaria, eu quero, eu vou, isso ai, positivo
  `),
  no: list(`
    nao, naum, nn, nops, de jeito nenhum, de modo algum, de forma alguma, nem pensar, claro que nao, com certeza nao,
    acho que nao, creio que nao, ainda nao, agora nao, hoje nao, melhor nao, negativo, nao concordo, nao aceito,
    nao tenho interesse, sem interesse, recuso, incorreto, nao esta certo, nem a pau, em absoluto
  `),
  mildNo: list(`
    n, nada, nenhum, nenhuma, errado, falso, deixa, deixa pra la, esquece, nunca, jamais, nao quero, nao posso,
    nao vou
  `),
  unsure: list(`
    nao sei, nao sei bem, nao tenho certeza, sem certeza, nao faco ideia, nao tenho ideia, sei la, talvez, quem sabe,
    pode ser, depende, tanto faz, nao importa, mais tarde, depois, nao entendi, nao entendo, nao lembro,
    nao me lembro, sim e nao, mais ou menos, por que, porque, o que
  `),
  content: list('estou bem'),
  negations: list('nao, nem, nunca, sem'),
  hedges: list('mas, a menos que, exceto, so se, porem, embora, ate, ou, se'),
  please: list('por favor, pf, pfv, pfvr'),
  subjects: list('eu, nos, porque, hoje, a, isso, ainda'),
  asides: list(`
    obrigado, obrigada, muito obrigado, muito obrigada, obg, obrigadao, brigado, ola, oi, bom dia, boa tarde,
    boa noite, senhor, senhora, desculpe, desculpa, entao, ah, e, minha resposta e, eu digo, eu diria, kkk, kkkk,
    haha, rs, abraco, abracos, infelizmente, agora, hoje, muito, tambem
  `),
};

const it: YesOrNoWords = {
  yes: list(`
    si, sii, sisi, certo, certo che si, certamente, certo certo, ovvio, ovviamente, assolutamente si, senz altro,
    senzaltro, sicuramente, volentieri, con piacere, d accordo, daccordo, va bene, va benissimo, nessun problema,
    non c e problema, perche no, come no, confermo, confermato, accetto, penso di si, credo di si, esatto, ci saro,
    ci sto
  `),
  mildYes: list(`
    s, ok, okay, bene, benissimo, perfetto, giusto, corretto, vero, sicuro, ottimo, voglio, vorrei
  `),
  no: list(`
    no, nono, assolutamente no, certo che no, per niente, per nulla, niente affatto, neanche per sogno, non ora,
    non adesso, non oggi, non ancora, non mi interessa, non sono interessato, non sono interessata, penso di no,
    credo di no, meglio di no, rifiuto, sbagliato, non va bene, non e corretto, non confermo, non accetto
  `),
  mildNo: list('n, niente, nulla, nessuno, falso, lascia stare, mai, non posso, non voglio'),
  unsure: list(`
    non so, non lo so, non saprei, boh, forse, magari, puo darsi, dipende, non sono sicuro, non sono sicura,
    non ne sono sicuro, nessuna idea, non ho idea, e uguale, fa lo stesso, non importa, piu tardi, dopo, non capisco,
    ni, si e no, perche, che cosa, cosa
  `),
  content: list('sto bene, sono a posto'),
  negations: list('non, ne, mai, senza'),
  hedges: list('ma, pero, tranne, a meno che, solo se, anche se, fino, o, se'),
  please: list('per favore, perfavore, per piacere'),
  subjects: list('io, noi, perche, oggi, questo'),
  asides: list(`
    grazie, grazie mille, molte grazie, ciao, salve, buongiorno, buonasera, signore, signora, scusa, scusi,
    mi dispiace, purtroppo, allora, beh, ah, la mia risposta e, direi, dico, haha, adesso, oggi, e, anche
  `),
};

const nl: YesOrNoWords = {
  yes: list(`
    ja, jaa, jazeker, ja hoor, jawel, jep, jup, zeker, zeker wel, zeker weten, natuurlijk, uiteraard, tuurlijk,
    absoluut, geen probleem, waarom niet, akkoord, ik ga akkoord, bevestig, bevestigd, ik bevestig, klopt, dat klopt,
    graag, heel graag, ja graag, is goed, dat is goed, ik denk het wel, ik ben erbij
  `),
  mildYes: list('j, ok, oke, okay, goed, prima, perfect, juist, correct, precies, top, leuk, fijn, ik wil'),
  no: list(`
    nee, neen, nei, neh, nee hoor, absoluut niet, zeker niet, natuurlijk niet, helemaal niet, in geen geval, nog niet,
    nu niet, vandaag niet, liever niet, niet echt, geen interesse, niet geinteresseerd, ik denk het niet, klopt niet,
    dat klopt niet, niet akkoord, helaas niet
  `),
  mildNo: list('n, fout, niets, niks, geen, laat maar, niet, nooit, ik wil niet, ik kan niet'),
  unsure: list(`
    weet niet, weet ik niet, ik weet het niet, weet het niet, geen idee, misschien, wellicht, ligt eraan,
    hangt ervan af, niet zeker, ik ben niet zeker, ik twijfel, maakt niet uit, later, ik begrijp het niet, ja en nee,
    waarom, wat, hoezo
  `),
  content: list('ik ben goed'),
  negations: list('niet, geen, nooit, zonder'),
  hedges: list('maar, tenzij, behalve, alleen als, hoewel, tot, of, als'),
  please: list('alsjeblieft, alstublieft, aub, svp'),
  subjects: list('ik, we, wij, dat, het, omdat, vandaag, niet'),
  asides: list(`
    dank je, dank u, dank je wel, dank u wel, dankjewel, bedankt, hallo, hoi, goedemorgen, goedemiddag, goedenavond,
    meneer, mevrouw, sorry, helaas, nou, dus, mijn antwoord is, ik zeg, haha, vandaag, nu, en, ook, heel, erg, groet,
    groetjes
  `),
};

/** By language, as BCP 47 has it. Written by us from everyday use; corrections are welcome. */
export const yesOrNoWords = { en, es, fr, de, pt, it, nl } as const satisfies Readonly<Record<string, YesOrNoWords>>;

/** Whole answers in languages that are known by these alone; folded. */
export const bareAnswers = {
  yes: [
    'да',
    'ага',
    'так',
    'конечно',
    'tak',
    'はい',
    'うん',
    '是',
    '是的',
    '对',
    '對',
    '好',
    '好的',
    '네',
    '예',
    '응',
    'نعم',
    'ايوه',
    'כן',
    'हाँ',
    'हां',
    'ναι',
    'evet',
    'kylla',
    'có',
    'vang',
  ],
  no: [
    'нет',
    'неа',
    'ні',
    'не',
    'nie',
    'いいえ',
    'いや',
    '不',
    '不是',
    '不要',
    '아니요',
    '아니오',
    '아니',
    'لا',
    'כלא',
    'לא',
    'नहीं',
    'οχι',
    'hayır',
    'hayir',
    'khong',
  ],
} as const satisfies Readonly<Record<'yes' | 'no', readonly string[]>>;

/** Without skin tones and variation selectors. */
export const answeringEmoji = {
  yes: ['👍', '👌', '✅', '✔', '☑', '💯', '🆗', '🙆', '🤙', '🤝', '⭕'],
  no: ['👎', '❌', '✖', '🚫', '⛔', '🙅', '❎'],
  unsure: ['🤷', '🤔', '😕', '❓', '❔'],
} as const satisfies Readonly<Record<'yes' | 'no' | 'unsure', readonly string[]>>;
