import { TabProvider } from "#components/workspace/tab-provider";
import { Workspace } from "#components/workspace/workspace";
import { loadPage } from "#lib/http/page";

export default async function WorkspaceLayout({ children }: { children: React.ReactNode }) {
  const { accountId, account, models } = await loadPage();
  return (
    <TabProvider accountId={accountId} account={account} models={models} renderedAtMs={Date.now()}>
      <Workspace>{children}</Workspace>
    </TabProvider>
  );
}
