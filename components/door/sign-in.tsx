"use client";

import { Field } from "#components/ui/field";
import { browserDoor } from "#lib/client/door";
import type { SignInProvider } from "#lib/protocol/accounts";
import { doorWords } from "#words/door";
import { DoorForm, written } from "./door-form.tsx";
import { Elsewhere } from "./elsewhere.tsx";

export type DoorProps = {
  guestId: string | undefined;
  next: string;
  takesSignUps: boolean;
  providers: SignInProvider[];
  failure: string | undefined;
};

export function SignIn({ guestId, next, takesSignUps, providers, failure }: DoorProps) {
  return (
    <DoorForm
      title={doorWords.signIn}
      action={doorWords.signIn}
      failed={failure}
      before={<Elsewhere providers={providers} next={next} guestId={guestId} />}
      note={guestId && doorWords.guestSignsIn}
      other={
        takesSignUps
          ? { question: doorWords.newHere, words: doorWords.signUp, address: doorAddress("/sign-up", next) }
          : undefined
      }
      enter={async (form) => {
        const who = { email: written(form, "email"), password: written(form, "password") };
        await browserDoor().signIn(who, guestId);
        return next;
      }}
    >
      <Field label={doorWords.email} name="email" type="email" autoComplete="username" required autoFocus />
      <Field
        label={doorWords.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
    </DoorForm>
  );
}

/** One of the two forms, which goes on to the same place as the other. */
export function doorAddress(form: "/sign-in" | "/sign-up", next: string): string {
  return next === "/" ? form : `${form}?${new URLSearchParams({ next })}`;
}
