import { useEffect, useEffectEvent, useState } from 'react';
import { Field } from '../../ui/field.tsx';

/** How long nothing is typed before it is asked for, in milliseconds. */
const PAUSE = 300;

/** A field that says what was typed once nobody types any more, and follows what else changes it: going back. */
export function Typed({
  value,
  onChange,
  problemWith = () => undefined,
  ...rest
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with what was typed; then nobody is told of it. */
  readonly problemWith?: (typed: string) => string | undefined;
  readonly type?: string;
  readonly placeholder?: string;
  readonly inputMode?: 'tel';
}) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    setTold(value);
    setTyped(value);
  }
  const error = typed === '' ? undefined : problemWith(typed);
  const tell = useEffectEvent(() => {
    if (typed === value || error !== undefined) return;
    setTold(typed);
    onChange(typed);
  });
  useEffect(() => {
    if (typed === told) return;
    const timer = setTimeout(tell, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, told]);
  return (
    <Field
      {...rest}
      value={typed}
      error={error}
      autoComplete="off"
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
