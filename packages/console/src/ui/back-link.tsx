import { Link } from 'wouter';
import { Icon } from './icon.tsx';
import './back-link.css';

/** Up to the list that a page is of. */
export function BackLink({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <Link to={to} className="back-link">
      <Icon name="back" size={16} /> {children}
    </Link>
  );
}
