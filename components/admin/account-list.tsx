"use client";

import { useRef, useState } from "react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import type { OverseenAccount, OverseenList } from "#lib/protocol/admin";
import { adminWords } from "#words/admin";
import { AccountRow } from "./account-row.tsx";

/** Those who signed up, the newest first, and how many guests there are. */
export function AccountList({ list: first }: { list: OverseenList }) {
  const { api } = useTab();
  const [{ accounts, next, guests }, setList] = useState(first);
  const wanted = useRef("");

  const search = async (text: string) => {
    wanted.current = text;
    const found = await api.listAccounts({ q: text });
    // An answer that comes after that to a later question is not what is asked for.
    if (wanted.current === text) setList(found);
  };
  const showMore = async (before: string) => {
    const q = wanted.current;
    const more = await api.listAccounts({ q, before });
    if (wanted.current === q)
      setList((list) => ({ ...more, accounts: [...list.accounts, ...more.accounts] }));
  };
  const onChanged = (changed: OverseenAccount) =>
    setList((list) => ({
      ...list,
      accounts: list.accounts.map((account) => (account.id === changed.id ? changed : account)),
    }));

  return (
    <>
      <Field
        label={adminWords.search}
        type="search"
        placeholder={adminWords.searchExample}
        onChange={(event) => tellFailure(search(event.target.value.trim()), adminWords.notSearched)}
      />
      <ul aria-label={adminWords.accounts} className="mt-2 divide-y divide-rule">
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} onChanged={onChanged} />
        ))}
      </ul>
      {accounts.length === 0 && <p className="py-4 text-ink-soft">{adminWords.nobodyFound}</p>}
      {next && (
        <Button className="mt-2" onClick={() => tellFailure(showMore(next), adminWords.noMoreLoaded)}>
          {adminWords.showMore}
        </Button>
      )}
      <p className="mt-4 border-rule border-t pt-4 text-ink-soft">
        {adminWords.guests(guests.count, guests.promptsToday)}
      </p>
    </>
  );
}
