import { Plain } from "#components/workspace/plain";

export default function NotFound() {
  return <Plain title="There is nothing here" detail="The address leads nowhere." />;
}
