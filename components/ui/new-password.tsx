import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "#lib/protocol/accounts";
import { workspaceWords } from "#words/workspace";
import { Field } from "./field.tsx";

/** Where a password is made up, as browsers and what keeps passwords know it. */
export function NewPassword({ label, name }: { label: string; name: string }) {
  return (
    <Field
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      minLength={PASSWORD_MIN_LENGTH}
      maxLength={PASSWORD_MAX_LENGTH}
      hint={workspaceWords.passwordHint(PASSWORD_MIN_LENGTH)}
      required
    />
  );
}
