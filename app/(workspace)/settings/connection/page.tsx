import { ConnectionPage } from "#components/settings/connection-page";

export default function Connection() {
  return <ConnectionPage />;
}
