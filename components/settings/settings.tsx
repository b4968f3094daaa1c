import { SectionsPage } from "#components/workspace/sections-page";
import type { ApiKey, Device } from "#lib/protocol/accounts";
import { settingsWords } from "#words/settings";
import { AccountSection } from "./account-section.tsx";
import { ApiKeySection } from "./api-key-section.tsx";
import { ConnectionSection } from "./connection-section.tsx";
import { DeviceSection } from "./device-section.tsx";
import { ExportSection } from "./export-section.tsx";
import { ImportSection } from "./import-section.tsx";
import { KeyboardSection } from "./keyboard-section.tsx";
import { PasswordSection } from "./password-section.tsx";

type SettingsProps = { devices: Device[]; apiKeys: ApiKey[]; hasPassword: boolean };

/** Who the account is, and by what it can be reached. */
export function Settings({ devices, apiKeys, hasPassword }: SettingsProps) {
  return (
    <SectionsPage title={settingsWords.title}>
      <AccountSection />
      {hasPassword && <PasswordSection />}
      <KeyboardSection />
      <DeviceSection devices={devices} />
      <ApiKeySection apiKeys={apiKeys} />
      <ConnectionSection />
      <ExportSection />
      <ImportSection />
    </SectionsPage>
  );
}
