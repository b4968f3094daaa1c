import { redirect } from "next/navigation";
import { SignUp } from "#components/door/sign-up";
import { loadDoor } from "#lib/http/door";

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const door = await loadDoor(searchParams);
  if (!door.takesSignUps) redirect("/sign-in");
  return <SignUp {...door} />;
}
