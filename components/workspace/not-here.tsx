import { Header } from "#components/conversation/header";
import { Plain } from "./plain.tsx";

/** In the workspace, where nothing is: the list of what is there stays at hand. */
export function NotHere({ title, detail }: { title: string; detail: string }) {
  return <Plain title={title} detail={detail} header={<Header />} />;
}
