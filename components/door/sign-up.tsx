"use client";

import { Field } from "#components/ui/field";
import { NewPassword } from "#components/ui/new-password";
import { browserDoor } from "#lib/client/door";
import { NAME_MAX_LENGTH } from "#lib/protocol/accounts";
import { doorWords } from "#words/door";
import { DoorForm, written } from "./door-form.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { type DoorProps, doorAddress } from "./sign-in.tsx";

export function SignUp({ guestId, next, providers }: DoorProps) {
  return (
    <DoorForm
      title={doorWords.signUp}
      action={doorWords.signUpAction}
      before={<Elsewhere providers={providers} next={next} guestId={guestId} />}
      note={guestId && doorWords.guestSignsUp}
      other={{
        question: doorWords.haveAccount,
        words: doorWords.signIn,
        address: doorAddress("/sign-in", next),
      }}
      enter={async (form) => {
        const [name, email, password] = [
          written(form, "name"),
          written(form, "email"),
          written(form, "password"),
        ];
        await browserDoor().signUp({ name, email, password }, guestId);
        return next;
      }}
    >
      <Field
        label={doorWords.name}
        name="name"
        autoComplete="name"
        maxLength={NAME_MAX_LENGTH}
        required
        autoFocus
      />
      <Field label={doorWords.email} name="email" type="email" autoComplete="username" required />
      <NewPassword label={doorWords.password} name="password" />
    </DoorForm>
  );
}
