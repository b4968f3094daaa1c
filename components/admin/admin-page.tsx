import { Section } from "#components/ui/section";
import { SectionsPage } from "#components/workspace/sections-page";
import type { InstanceView, OverseenList } from "#lib/protocol/admin";
import { adminWords } from "#words/admin";
import { AccountList } from "./account-list.tsx";
import { LimitsForm } from "./limits-form.tsx";
import { SignUpSwitch } from "./sign-up-switch.tsx";

/** What the admin of an instance sees and says. Nothing of what people say to their models is here. */
export function AdminPage({ list, instance }: { list: OverseenList; instance: InstanceView }) {
  return (
    <SectionsPage title={adminWords.title}>
      <Section title={adminWords.signUp}>
        <SignUpSwitch instance={instance} />
      </Section>
      <Section title={adminWords.limits}>
        <LimitsForm instance={instance} />
      </Section>
      <Section title={adminWords.accounts}>
        <AccountList list={list} />
      </Section>
    </SectionsPage>
  );
}
