import { COVERED, type Rule } from './rule.ts';

/** Rules of whole countries. `USA` is the federal one, which holds in every state besides the state's own. */
export const COUNTRIES: readonly Rule[] = [
  {
    place: 'USA',
    name: 'United States (federal)',
    hours: { weekday: '08:00-21:00', saturday: '08:00-21:00', sunday: '08:00-21:00' },
    covers: COVERED,
    coversTexts: null,
    confidence: 'high',
    source: 'https://www.nwdebtresolution.com/post/telephone-consumer-protection-act-call-time-restrictions',
    further: [
      'https://www.mondaq.com/unitedstates/telecoms-mobile-cable-communications/1604586/telephone-and-texting-compliance-news-regulatory-update-fcc-seeks-comment-on-petitions-focused-on-quiet-hour-and-utility-robocalling-rules',
      'https://www.creditandcollectionnews.com/erosion-of-fcc-power-creates-hurdles-to-comply-with-tcpa-rules',
    ],
    notes:
      "47 CFR 64.1200(c)(1): telephone solicitation to residential subscribers, by local time at the called party's location; 64.1200(f)(15) leaves out messages with prior express invitation or permission. A petition of 2025-03-03 asks the FCC to confirm that quiet hours do not bind consented texts; no ruling seen, and since McLaughlin v. McKesson (2025-06-20) district courts need not follow the FCC.",
  },
  {
    place: 'CAN',
    name: 'Canada',
    hours: { weekday: '09:00-21:30', saturday: '10:00-18:00', sunday: '10:00-18:00' },
    covers: COVERED,
    coversTexts: null,
    confidence: 'high',
    source: 'https://crtc.gc.ca/eng/phone/telemarketing/tobligations/rules-regles.htm',
    further: [
      'https://www.fedma.org/legalfacts/canada-lfp/marketing-canada-lfp/sms-marketing-b2b-b2c-opt/',
      'https://glama.ai/mcp/connectors/com.modernmustardseed/call-desk/tools/can_i_call_now',
    ],
    notes:
      'The CRTC Unsolicited Telecommunications Rules bind telemarketing calls; texts fall under CASL (consent, identity of the sender, unsubscribing). A vendor cites a ban on holidays in British Columbia. Rules of provinces may be narrower.',
  },
  {
    place: 'GBR',
    name: 'United Kingdom',
    hours: { weekday: '00:00-24:00', saturday: '00:00-24:00', sunday: '00:00-24:00' },
    covers: COVERED,
    coversTexts: true,
    confidence: 'low',
    source: 'https://intercom.help/artbrain/en/articles/11383357-sms-marketing-regulations-by-country',
    further: [],
    notes:
      'PECR and UK GDPR ask for consent (or soft opt-in) and an easy way out. No hours for SMS in any statute are known; from memory, unverified.',
  },
  {
    place: 'FRA',
    name: 'France',
    hours: { weekday: '08:00-22:00', saturday: '08:00-22:00', sunday: null },
    covers: COVERED,
    holidays: [],
    coversTexts: true,
    confidence: 'low',
    source: 'https://intercom.help/artbrain/en/articles/11383357-sms-marketing-regulations-by-country',
    further: [],
    notes:
      'A page of a vendor: no SMS campaigns on Sundays, on public holidays and after 22:00. It names no hour in the morning; 08:00 is a choice of ours. Other limits are reported: verify.',
  },
];
