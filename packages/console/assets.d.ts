/** Where the built console is: `index.html`, with `assets` beside it under names that change with what is in them. */
export declare const directory: string;
