import { TabProvider } from "#components/workspace/tab-provider";
import { Workspace } from "#components/workspace/workspace";
import { loadPage } from "#lib/http/page";

export default async function WorkspaceLayout({ children }: { children: React.ReactNode }) {
  const page = await loadPage();
  return (
    <TabProvider {...page} renderedAtMs={Date.now()}>
      <Workspace>{children}</Workspace>
    </TabProvider>
  );
}
