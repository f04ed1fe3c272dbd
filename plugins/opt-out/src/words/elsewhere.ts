import { type Language, ours } from './keyword.ts';

/**
 * Keywords of languages of which we have no phrases. What speakers say; no authority that we know of asks for them, but `TD`
 * (tuì dìng, to unsubscribe), which AWS does.
 */
export const elsewhere: readonly Language[] = [
  {
    code: 'zh',
    optOut: [
      { word: 'td', reach: 'alone', by: ['aws'] },
      ...ours(
        'firm',
        '退订',
        '退訂',
        '取消订阅',
        '取消訂閱',
        '停止发送',
        '停止發送',
        '不要再发',
        '不要再發',
        '别再发',
        '別再發',
      ),
      ...ours('polite', '停止', '停', '停止短信'),
      ...ours('perhaps', '取消', '结束', '結束'),
    ],
    help: [
      { word: '帮助', by: [] },
      { word: '幫助', by: [] },
    ],
    courtesy: ['请', '請', '谢谢', '謝謝'],
  },
  {
    code: 'ja',
    optOut: [
      ...ours('firm', '配信停止', '配信解除', '登録解除', 'ストップ'),
      ...ours('polite', '停止', '解除', 'やめて', 'やめてください'),
    ],
    help: [{ word: 'ヘルプ', by: [] }],
  },
  {
    code: 'ko',
    optOut: [
      ...ours('firm', '수신거부', '수신 거부', '구독취소', '구독 취소'),
      ...ours('polite', '중지', '그만', '정지', '스톱'),
      ...ours('perhaps', '취소', '해지'),
    ],
    help: [{ word: '도움말', by: [] }],
  },
  {
    code: 'ru',
    optOut: [
      ...ours('firm', 'стоп', 'отписаться', 'отписка', 'отпишите', 'отпишите меня'),
      ...ours('polite', 'хватит', 'прекратите'),
      ...ours('perhaps', 'отмена', 'отменить', 'конец'),
    ],
    help: [{ word: 'помощь', by: [] }],
    courtesy: ['пожалуиста', 'спасибо', 'это', 'сообщения', 'смс'],
    phrases: {
      optOut: [
        'не (?:пишите|присылаите|шлите) (?:мне )?(?:больше|смс|сообщении|сообщения)',
        'больше не (?:пишите|присылаите|шлите)',
      ],
      unsure: ['(?:не тот|ошиблись|неправильныи) (?:номер|номером)', 'ошиблись номером'],
      negations: ['не'],
    },
  },
  { code: 'uk', optOut: ours('firm', 'відписатися', 'відпишіть', 'відписка') },
  {
    code: 'pl',
    optOut: [...ours('firm', 'wypisz', 'wypisz mnie', 'rezygnuje'), ...ours('perhaps', 'koniec', 'anuluj')],
    help: [{ word: 'pomoc', by: [] }],
    courtesy: ['prosze', 'dziekuje'],
  },
  { code: 'cs', optOut: ours('firm', 'odhlasit') },
  { code: 'da', optOut: ours('firm', 'afmeld', 'frameld') },
  { code: 'nb', optOut: ours('firm', 'avmeld', 'meld av') },
  { code: 'fi', optOut: ours('polite', 'lopeta', 'peruuta tilaus') },
  { code: 'tr', optOut: [...ours('firm', 'iptal et'), ...ours('polite', 'durdur'), ...ours('perhaps', 'iptal')] },
  { code: 'vi', optOut: [...ours('firm', 'huy dang ky', 'ngung nhan tin'), ...ours('polite', 'dung lai')] },
  { code: 'tl', optOut: [...ours('polite', 'itigil', 'ihinto', 'itigil na', 'tama na', 'huwag na')] },
  { code: 'ht', optOut: ours('polite', 'kanpe', 'sispann') },
  { code: 'id', optOut: ours('polite', 'berhenti', 'stop kirim') },
  {
    code: 'ar',
    optOut: [
      ...ours('firm', 'الغاء الاشتراك', 'إلغاء الاشتراك'),
      ...ours('polite', 'توقف', 'إيقاف', 'ايقاف'),
      ...ours('perhaps', 'الغاء', 'إلغاء'),
    ],
    help: [{ word: 'مساعدة', by: [] }],
  },
  { code: 'he', optOut: ours('firm', 'הסר', 'הסירו', 'הסר אותי') },
  { code: 'hi', optOut: ours('polite', 'बंद', 'बंद करो', 'बंद करें', 'रोको', 'रोकें') },
  { code: 'el', optOut: ours('firm', 'στοπ', 'διακοπη', 'διαγραφη') },
  { code: 'th', optOut: ours('polite', 'หยุด', 'ยกเลิก') },
];
