"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Ago } from "#components/ui/ago";
import { Button } from "#components/ui/button";
import { Confirm } from "#components/ui/confirm";
import { tellFailure } from "#components/ui/notice";
import { Row, Rows, Section } from "#components/ui/section";
import { useTab } from "#components/workspace/tab-provider";
import type { Device } from "#lib/protocol/accounts";
import { settingsWords } from "#words/settings";

/** The browsers that are signed in, and the way to end that from here. */
export function DeviceSection({ devices }: { devices: Device[] }) {
  const { api } = useTab();
  const router = useRouter();
  const [asking, setAsking] = useState<Device>();

  const signOut = async ({ id }: Device) => {
    await api.signOutDevice(id);
    router.refresh();
  };
  return (
    <Section title={settingsWords.devices} about={settingsWords.devicesAbout}>
      <Rows>
        {devices.map((device) => (
          <Row
            key={device.id}
            name={device.name}
            detail={
              device.current ? (
                settingsWords.thisDevice
              ) : (
                <Ago words={settingsWords.lastSeen} time={device.lastSeenAt} />
              )
            }
          >
            {!device.current && (
              <Button
                aria-label={settingsWords.signOutDevice(device.name)}
                className="shrink-0"
                onClick={() => setAsking(device)}
              >
                {settingsWords.signOut}
              </Button>
            )}
          </Row>
        ))}
      </Rows>
      <Confirm
        open={asking !== undefined}
        onOpenChange={(open) => !open && setAsking(undefined)}
        title={settingsWords.signOutAsked}
        detail={settingsWords.signOutDetail(asking?.name)}
        action={settingsWords.signOut}
        onConfirm={() => asking && tellFailure(signOut(asking), settingsWords.notSignedOut)}
      />
    </Section>
  );
}
