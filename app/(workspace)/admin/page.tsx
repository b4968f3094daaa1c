import { notFound } from "next/navigation";
import { AdminPage } from "#components/admin/admin-page";
import { loadAdmin } from "#lib/http/page";

export default async function Admin() {
  const admin = await loadAdmin();
  if (!admin) notFound();
  return <AdminPage {...admin} />;
}
