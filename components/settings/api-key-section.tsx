"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Ago } from "#components/ui/ago";
import { Button } from "#components/ui/button";
import { Confirm } from "#components/ui/confirm";
import { CopyButton } from "#components/ui/copy-button";
import { Field } from "#components/ui/field";
import { tellFailure } from "#components/ui/notice";
import { Row, Rows, Section } from "#components/ui/section";
import { useTab } from "#components/workspace/tab-provider";
import { type ApiKey, NAME_MAX_LENGTH } from "#lib/protocol/accounts";
import { settingsWords } from "#words/settings";

/** The keys by which programs speak for the account. A new one is shown this once. */
export function ApiKeySection({ apiKeys }: { apiKeys: ApiKey[] }) {
  const { api } = useTab();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [made, setMade] = useState<{ name: string; key: string }>();
  const [asking, setAsking] = useState<ApiKey>();

  const make = async (name: string) => {
    const { apiKey, key } = await api.makeApiKey({ name });
    form.current?.reset();
    setMade({ name: apiKey.name, key });
    router.refresh();
  };
  const revoke = async ({ id }: ApiKey) => {
    await api.revokeApiKey(id);
    setMade(undefined);
    router.refresh();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    tellFailure(make(name), settingsWords.noKeyMade);
  };

  return (
    <Section title={settingsWords.apiKeys} about={settingsWords.apiKeysAbout}>
      {apiKeys.length > 0 && (
        <Rows>
          {apiKeys.map((apiKey) => (
            <Row
              key={apiKey.id}
              name={apiKey.name}
              detail={
                <>
                  <span className="font-mono">…{apiKey.ending}</span>
                  {" · "}
                  {apiKey.lastUsedAt ? (
                    <Ago words={settingsWords.lastUsed} time={apiKey.lastUsedAt} />
                  ) : (
                    settingsWords.neverUsed
                  )}
                </>
              }
            >
              <Button
                aria-label={settingsWords.revokeKey(apiKey.name)}
                className="shrink-0"
                onClick={() => setAsking(apiKey)}
              >
                {settingsWords.revoke}
              </Button>
            </Row>
          ))}
        </Rows>
      )}
      {made && (
        <div role="status" className="mt-3 rounded-xl border border-accent bg-accent-wash px-4 py-3">
          <p className="font-medium">{settingsWords.keyMade(made.name)}</p>
          <div className="mt-1 flex items-center gap-2">
            <code className="min-w-0 flex-1 select-all break-all font-mono text-xs">{made.key}</code>
            <CopyButton text={made.key} label={settingsWords.copyKey} />
          </div>
        </div>
      )}
      <form ref={form} onSubmit={onSubmit} className="mt-3 flex max-w-sm items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field
            label={settingsWords.newKeyFor}
            name="name"
            placeholder={settingsWords.newKeyExample}
            autoComplete="off"
            maxLength={NAME_MAX_LENGTH}
            required
          />
        </div>
        <Button type="submit" className="h-10 shrink-0 pointer-coarse:h-11">
          {settingsWords.makeKey}
        </Button>
      </form>
      <Confirm
        open={asking !== undefined}
        onOpenChange={(open) => !open && setAsking(undefined)}
        title={settingsWords.revokeAsked}
        detail={settingsWords.revokeDetail(asking?.name)}
        action={settingsWords.revoke}
        onConfirm={() => asking && tellFailure(revoke(asking), settingsWords.notRevoked)}
      />
    </Section>
  );
}
