import { defineTexts } from '@parley/texts';

/** All that the bot says. The invitation is a notification, whose texts are in parley.config.ts. */
export const texts = defineTexts('en', {
  en: {
    score: 'How was your visit, from 1 (poor) to 5 (great)?',
    unclear: 'Please answer with a number from 1 to 5.',
    improve: 'Thank you for the {score}, and sorry that it was not better. What went wrong? Or reply NO.',
    praise: 'Thank you for the {score}! What did you like best? Or reply NO.',
    long: 'That is more than we can keep. Could you put it in fewer words?',
    thanks: 'Thank you, {name, select, unknown {} other {{name}, }}that helps us.',
    already: 'We have your answer already. Thank you!',
  },
  es: {
    score: '¿Qué tal fue su visita, de 1 (mala) a 5 (excelente)?',
    unclear: 'Responda con un número del 1 al 5, por favor.',
    improve: 'Gracias por el {score}, y sentimos que no fuera mejor. ¿Qué falló? O responda NO.',
    praise: '¡Gracias por el {score}! ¿Qué le gustó más? O responda NO.',
    long: 'Es más de lo que podemos guardar. ¿Puede decirlo en menos palabras?',
    thanks: 'Gracias, {name, select, unknown {} other {{name}, }}nos ayuda mucho.',
    already: 'Ya tenemos su respuesta. ¡Gracias!',
  },
});
