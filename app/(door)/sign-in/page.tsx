import { SignIn } from "#components/door/sign-in";
import { loadDoor } from "#lib/http/door";

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  return <SignIn {...(await loadDoor(searchParams))} />;
}
