import { Plain } from "#components/workspace/plain";

export default function NotFound() {
  return (
    <Plain title="There is no such conversation" detail="It was deleted, or it belongs to another account." />
  );
}
