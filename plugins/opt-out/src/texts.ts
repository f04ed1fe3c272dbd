/** What is answered in one language. `{brand}` and `{contact}` are filled in. */
export interface Texts {
  /** After an opt-out: the one confirmation. No advertising in it (47 CFR 64.1200(a)(12)). */
  readonly stop: string;
  /** After an opt-in. */
  readonly start: string;
  /** What HELP answers. */
  readonly help: string;
  /** Asks somebody whose text may have been an opt-out. */
  readonly question: string;
}

/** Answers of an operator's own. */
export type OwnTexts = { readonly [Kind in keyof Texts]?: Texts[Kind] | undefined };

/** The default texts. With a name and a contact of usual length they fit into one message of 160 characters. */
export const defaultTexts: Readonly<Record<string, Texts>> = {
  en: {
    stop: '{brand}: You are unsubscribed and will get no more messages. Reply START to resubscribe.',
    start: '{brand}: You are subscribed again. Msg & data rates may apply. Reply HELP for help, STOP to end.',
    help: '{brand}: For help, {contact}. Msg & data rates may apply. Reply STOP to end texts.',
    question: '{brand}: Reply STOP to end texts, or just go on talking to keep them.',
  },
  es: {
    stop: '{brand}: Ha cancelado la suscripcion y no recibira mas mensajes. Responda START para volver a recibirlos.',
    start:
      '{brand}: Vuelve a recibir mensajes. Pueden aplicarse tarifas. Responda AYUDA para ayuda, STOP para terminar.',
    help: '{brand}: Para ayuda, {contact}. Pueden aplicarse tarifas. Responda STOP para no recibir mas mensajes.',
    question: '{brand}: Responda STOP para no recibir mas mensajes, o siga escribiendo para recibirlos.',
  },
  fr: {
    stop: '{brand} : vous êtes désabonné et ne recevrez plus de messages. Répondez START pour les recevoir à nouveau.',
    start:
      '{brand} : vous êtes réabonné. Des frais peuvent s’appliquer. Répondez AIDE pour de l’aide, ARRET pour arrêter.',
    help: '{brand} : pour de l’aide, {contact}. Des frais peuvent s’appliquer. Répondez ARRET pour arrêter.',
    question: '{brand} : répondez ARRET pour ne plus recevoir de messages, ou continuez simplement à écrire.',
  },
  pt: {
    stop: '{brand}: Inscrição cancelada, você não receberá mais mensagens. Responda START para voltar a receber.',
    start:
      '{brand}: Você voltou a receber mensagens. Podem incidir tarifas. Responda AJUDA para ajuda, STOP para parar.',
    help: '{brand}: Para ajuda, {contact}. Podem incidir tarifas. Responda STOP para parar.',
    question: '{brand}: Responda STOP para não receber mais mensagens, ou continue escrevendo.',
  },
  de: {
    stop: '{brand}: Sie sind abgemeldet und erhalten keine Nachrichten mehr. Antworten Sie START, um sich wieder anzumelden.',
    start: '{brand}: Sie sind wieder angemeldet. Es können Kosten anfallen. HILFE für Hilfe, STOPP zum Abmelden.',
    help: '{brand}: Hilfe: {contact}. Es können Kosten anfallen. Antworten Sie STOPP zum Abmelden.',
    question: '{brand}: Antworten Sie STOPP, um keine Nachrichten mehr zu erhalten, oder schreiben Sie einfach weiter.',
  },
  it: {
    stop: '{brand}: Iscrizione annullata, non riceverà altri messaggi. Risponda START per riceverli di nuovo.',
    start:
      '{brand}: Riceverà di nuovo i messaggi. Possono applicarsi costi. Risponda AIUTO per aiuto, STOP per terminare.',
    help: '{brand}: Per aiuto, {contact}. Possono applicarsi costi. Risponda STOP per terminare.',
    question: '{brand}: Risponda STOP per non ricevere altri messaggi, oppure continui a scrivere.',
  },
};

/** What stands for the contact where an operator has named none. */
const NO_CONTACT: Readonly<Record<string, string>> = {
  ...{ en: 'reply to this message', es: 'responda a este mensaje', fr: 'répondez à ce message' },
  ...{ pt: 'responda a esta mensagem', de: 'antworten Sie auf diese Nachricht', it: 'risponda a questo messaggio' },
};

export interface Wording {
  readonly brand: string;
  readonly contact: string | undefined;
  /** In which language it is answered where a text is in none that there are texts of. */
  readonly language: string;
  readonly texts: Readonly<Record<string, OwnTexts>>;
}

/** Makes the answers of an organization. */
export function createWording({
  brand,
  contact,
  language,
  texts,
}: Wording): (kind: keyof Texts, heardIn: string | undefined) => string {
  const inLanguage = (code: string, kind: keyof Texts): string | undefined =>
    texts[code]?.[kind] ?? defaultTexts[code]?.[kind];
  return (kind, heardIn = language) => {
    const code = [heardIn, language].find((one) => inLanguage(one, kind) !== undefined) ?? 'en';
    const known: Readonly<Record<string, string>> = {
      brand,
      contact: contact ?? NO_CONTACT[code] ?? NO_CONTACT.en ?? '',
    };
    return (inLanguage(code, kind) ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole);
  };
}
