import type { MarkdownRenderer } from 'vitepress';

/** Shows double braces, which templates of notifications have, as they are: Vue would take what is in them for code. */
export function keepBraces({ renderer, utils }: MarkdownRenderer): void {
  renderer.rules.text = (tokens, index) => {
    const text = utils.escapeHtml(tokens[index]?.content ?? '');
    return text.includes('{{') ? `<span v-pre>${text}</span>` : text;
  };
  renderer.rules.code_inline = (tokens, index) =>
    `<code v-pre>${utils.escapeHtml(tokens[index]?.content ?? '')}</code>`;
}
