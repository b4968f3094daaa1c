import { Header } from "#components/conversation/header";
import { PageTitle } from "#components/workspace/page-title";
import type { ApiKey, Device } from "#lib/protocol/accounts";
import { AccountSection } from "./account-section.tsx";
import { ApiKeySection } from "./api-key-section.tsx";
import { DeviceSection } from "./device-section.tsx";
import { PasswordSection } from "./password-section.tsx";

type SettingsProps = { devices: Device[]; apiKeys: ApiKey[]; hasPassword: boolean };

/** Who the account is, and by what it can be reached. */
export function Settings({ devices, apiKeys, hasPassword }: SettingsProps) {
  return (
    <div className="flex h-full flex-col">
      <PageTitle name="Settings" />
      <Header title="Settings" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-column space-y-10 px-4 pt-4 pb-16 md:px-6">
          <AccountSection />
          {hasPassword && <PasswordSection />}
          <DeviceSection devices={devices} />
          <ApiKeySection apiKeys={apiKeys} />
        </div>
      </div>
    </div>
  );
}
