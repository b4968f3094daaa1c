"use client";

import { Field } from "#components/ui/field";
import { NewPassword } from "#components/ui/new-password";
import { browserDoor } from "#lib/client/door";
import { NAME_MAX_LENGTH } from "#lib/protocol/accounts";
import { DoorForm, written } from "./door-form.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { type DoorProps, doorAddress } from "./sign-in.tsx";

export function SignUp({ guestId, next, providers }: DoorProps) {
  return (
    <DoorForm
      title="Create an account"
      action="Create account"
      before={<Elsewhere providers={providers} next={next} guestId={guestId} />}
      note={guestId && "Your conversations stay yours, and you can open them on your other devices."}
      other={{ question: "Have an account?", words: "Sign in", address: doorAddress("/sign-in", next) }}
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
      <Field label="Name" name="name" autoComplete="name" maxLength={NAME_MAX_LENGTH} required autoFocus />
      <Field label="Email" name="email" type="email" autoComplete="username" required />
      <NewPassword label="Password" name="password" />
    </DoorForm>
  );
}
