import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SharePage } from "#components/share/share-page";
import { loadSharePage } from "#lib/http/share-page";

/** Whoever has the link may read along. It is nobody's business to find it by searching. */
export const metadata: Metadata = { robots: { index: false, follow: false } };

export default async function SharedConversationPage({ params }: PageProps<"/share/[shareToken]">) {
  const { shareToken } = await params;
  const page = await loadSharePage(shareToken);
  if (!page) notFound();
  return <SharePage {...page} />;
}
