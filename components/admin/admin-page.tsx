import { Header } from "#components/conversation/header";
import { Section } from "#components/ui/section";
import { PageTitle } from "#components/workspace/page-title";
import type { InstanceView, OverseenList } from "#lib/protocol/admin";
import { AccountList } from "./account-list.tsx";
import { LimitsForm } from "./limits-form.tsx";
import { SignUpSwitch } from "./sign-up-switch.tsx";

/** What the admin of an instance sees and says. Nothing of what people say to their models is here. */
export function AdminPage({ list, instance }: { list: OverseenList; instance: InstanceView }) {
  return (
    <div className="flex h-full flex-col">
      <PageTitle name="Admin" />
      <Header title="Admin" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-column space-y-10 px-4 pt-4 pb-[max(3rem,env(safe-area-inset-bottom))] md:px-6">
          <Section title="Sign-up">
            <SignUpSwitch instance={instance} />
          </Section>
          <Section title="Limits">
            <LimitsForm instance={instance} />
          </Section>
          <Section title="Accounts">
            <AccountList list={list} />
          </Section>
        </div>
      </div>
    </div>
  );
}
