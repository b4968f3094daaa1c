import { Section } from "#components/ui/section";
import { SectionsPage } from "#components/workspace/sections-page";
import type { InstanceView, OverseenList } from "#lib/protocol/admin";
import { AccountList } from "./account-list.tsx";
import { LimitsForm } from "./limits-form.tsx";
import { SignUpSwitch } from "./sign-up-switch.tsx";

/** What the admin of an instance sees and says. Nothing of what people say to their models is here. */
export function AdminPage({ list, instance }: { list: OverseenList; instance: InstanceView }) {
  return (
    <SectionsPage title="Admin">
      <Section title="Sign-up">
        <SignUpSwitch instance={instance} />
      </Section>
      <Section title="Limits">
        <LimitsForm instance={instance} />
      </Section>
      <Section title="Accounts">
        <AccountList list={list} />
      </Section>
    </SectionsPage>
  );
}
