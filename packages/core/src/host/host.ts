export interface HostDocument {
  readonly timers: readonly { readonly dueAt: number }[];
  readonly tasks: readonly { readonly id: string }[];
}
