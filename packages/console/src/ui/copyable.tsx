import { Copy } from './copy.tsx';
import './copyable.css';

/** An id that people look for elsewhere, with a button that copies it. */
export function Copyable({ value, what }: { readonly value: string; readonly what: string }) {
  return (
    <span className="copyable">
      <code>{value}</code>
      <Copy text={value} what={what} />
    </span>
  );
}
