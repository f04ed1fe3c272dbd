import { type Language, ours } from './keyword.ts';

const TEXTS = '(?:sms|nachrichten|nachricht|textnachrichten|texte|werbung|mitteilungen|spam)';

export const german: Language = {
  code: 'de',
  optOut: [
    ...ours('firm', 'stopp', 'stoppen', 'abmelden', 'abmeldung', 'abbestellen', 'austragen', 'mich abmelden'),
    ...ours('polite', 'aufhoren', 'schluss'),
    ...ours('perhaps', 'ende', 'abbrechen', 'stornieren', 'kundigen', 'loschen', 'beenden'),
  ],
  help: [{ word: 'hilfe', by: [] }],
  courtesy: [
    ...[
      'bitte',
      'danke',
      'vielen',
      'dank',
      'hallo',
      'guten',
      'tag',
      'jetzt',
      'sofort',
      'damit',
      'das',
      'die',
      'diese',
      'alle',
    ],
    ...['ihre', 'eure', 'mit', 'den', 'der', 'keine', 'mehr', 'schicken', 'senden', 'einfach'],
  ],
  texts: ['sms', 'nachrichten', 'nachricht', 'texte', 'werbung'],
  phrases: {
    optOut: [
      `keine (?:\\w+ ){0,2}${TEXTS} mehr`,
      `(?:mochte|will|wunsche|wollen|mochten) (?:\\w+ ){0,2}keine (?:\\w+ )?${TEXTS}`,
      `(?:schicken|schickt|schick|senden|sendet|sende) (?:sie )?(?:mir|uns) (?:bitte )?(?:keine|nichts)(?: (?:\\w+ )?(?:${TEXTS}|mehr))`,
      '(?:schreiben|schreibt|schreib|kontaktieren|kontaktiert|texten|textet|belastigen) (?:sie )?(?:mir|mich|uns) (?:bitte )?(?:nicht|nie) (?:mehr|wieder)',
      '(?:melden|melde|meldet) (?:sie )?mich (?:bitte )?ab(?! (?:von|vom) (?:kurs|termin))$',
      '(?:mochte|will|wurde) (?:mich )?(?:\\w+ )?(?:gerne? )?(?:abmelden|austragen|abbestellen)$',
      '(?:nehmen|nehmt|streichen|streicht|entfernen|entfernt|loschen|loscht) (?:sie )?(?:bitte )?(?:mich|meine nummer|meine telefonnummer|diese nummer) (?:bitte )?(?:aus|von) (?:\\w+ )?(?:liste|verteiler|datenbank)',
      '(?:loschen|loscht|losche|entfernen) (?:sie )?(?:bitte )?(?:meine|diese) (?:nummer|telefonnummer|handynummer)',
      '(?:lassen|lasst|lass) (?:sie )?mich (?:bitte )?in ruhe',
      '(?:horen|hort) (?:sie )?(?:bitte )?auf (?:mir|mich|mit (?:den|diesen)) (?:\\w+ )?(?:zu (?:schreiben|texten|schicken|belastigen)|nachrichten|sms)',
      '(?:widerrufe|widerruf|ziehe) (?:\\w+ )?(?:meine|meiner) (?:einwilligung|zustimmung)',
    ],
    unsure: [
      'falsche (?:nummer|person)',
      '(?:horen|hort|hor) (?:sie )?(?:bitte |endlich )?auf',
      '(?:kein|nicht) (?:interesse|interessiert)$',
      '(?:schreiben|schreibt|kontaktieren|texten) (?:sie )?(?:mir|mich|uns) nicht',
    ],
    harmless: ['(?:ohne|kein|einen|nachster|nachste|letzter) stopp?', 'nicht (?:stoppen|aufhoren)'],
    negations: ['nicht', 'ohne', 'kein', 'keine'],
  },
};

export const dutch: Language = {
  code: 'nl',
  optOut: [
    ...ours('firm', 'afmelden', 'uitschrijven', 'meld mij af', 'schrijf mij uit'),
    ...ours('perhaps', 'einde', 'annuleren'),
  ],
  courtesy: ['alstublieft', 'aub', 'graag', 'bedankt', 'nu', 'met'],
  texts: ['berichten', 'sms', 'smsen'],
  phrases: {
    optOut: ['geen (?:\\w+ )?(?:berichten|smsen|sms) meer', '(?:stuur|sturen) (?:mij|me) (?:niets|geen \\w+) meer'],
    unsure: ['verkeerde? nummer'],
  },
};

export const swedish: Language = {
  code: 'sv',
  optOut: [
    ...ours('firm', 'avregistrera', 'avanmal'),
    ...ours('polite', 'sluta'),
    ...ours('perhaps', 'avsluta', 'avboka'),
  ],
  courtesy: ['snalla', 'tack', 'nu', 'med'],
  texts: ['sms', 'meddelanden'],
  phrases: { optOut: ['inga fler (?:sms|meddelanden)', 'sluta (?:skicka|skriva|smsa)'], unsure: ['fel nummer'] },
};
