import type { ButtonHTMLAttributes } from 'react';
import './button.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: 'plain' | 'primary' | 'danger' | 'quiet';
  /** Something is under way: it cannot be pressed again. */
  readonly busy?: boolean;
}

export function Button({ tone = 'plain', busy = false, disabled, className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`button ${className}`}
      data-tone={tone}
      aria-busy={busy || undefined}
      disabled={disabled === true || busy}
      {...rest}
    />
  );
}
