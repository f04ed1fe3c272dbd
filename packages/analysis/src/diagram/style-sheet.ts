interface Palette {
  readonly paper: string;
  readonly raised: string;
  readonly sunk: string;
  readonly ink: string;
  readonly soft: string;
  readonly faint: string;
  readonly line: string;
  readonly said: string;
}

/** The colours of the console. Every one of ink, soft, faint and said has a contrast of 4.5 to 1 at least on each of the papers. */
const LIGHT: Palette = {
  ...{ paper: '#ffffff', raised: '#ffffff', sunk: '#f5f6f8', ink: '#16181d', soft: '#4c525e', faint: '#686e7b' },
  ...{ line: '#c2c7d0', said: '#2f54d0' },
};
const DARK: Palette = {
  ...{ paper: '#15171c', raised: '#1c1f26', sunk: '#121419', ink: '#e8eaee', soft: '#a9b0bd', faint: '#8d95a4' },
  ...{ line: '#444a57', said: '#8aa4ff' },
};

/** Without variables, so that programs that know little of CSS draw it in the light colours. */
function colours({ paper, raised, sunk, ink, soft, faint, line, said }: Palette): string {
  return [
    `.paper{fill:${paper}}.heading,.name{fill:${ink}}.line,.kind,.label{fill:${soft}}.said{fill:${said}}`,
    `.box{fill:${raised};stroke:${line}}.around>.box{fill:${sunk}}.inner,.rule{stroke:${line}}`,
    `.dot{fill:${soft}}.arrow{stroke:${faint}}.head{fill:${faint}}.label{stroke:${sunk}}`,
  ].join('');
}

export const styleSheet = [
  'text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:11.5px}',
  '.heading{font-size:15px;font-weight:600}.name{font-size:13px;font-weight:600}.middle{text-anchor:middle}',
  '.kind{font-size:11.5px;font-weight:400}.box{stroke-width:1.25}.parallel>.box{stroke-dasharray:5 4}',
  '.inner,.rule,.arrow{fill:none;stroke-width:1.25}',
  '.label{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}',
  colours(LIGHT),
  `@media (prefers-color-scheme:dark){${colours(DARK)}}`,
].join('');
