export interface Pizza {
  readonly size: 'small' | 'large';
  readonly toppings: readonly string[];
}

/** What a pizza costs, in dollars. */
export function priceOf({ size, toppings }: Pizza): number {
  return { small: 9, large: 14 }[size] + toppings.length;
}
