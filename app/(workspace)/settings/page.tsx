import { Settings } from "#components/settings/settings";
import { loadSettings } from "#lib/http/page";

export default async function SettingsPage() {
  return <Settings {...(await loadSettings())} />;
}
