import { Continue } from "#components/door/continue";
import { loadVisitor } from "#lib/http/door";

export default async function ContinuePage() {
  return <Continue guestId={(await loadVisitor()).guestId} />;
}
