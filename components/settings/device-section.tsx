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
    <Section title="Devices" about="Where your account is signed in.">
      <Rows>
        {devices.map((device) => (
          <Row
            key={device.id}
            name={device.name}
            detail={device.current ? "This device" : <Ago words="Last seen" time={device.lastSeenAt} />}
          >
            {!device.current && (
              <Button
                aria-label={`Sign out ${device.name}`}
                className="shrink-0"
                onClick={() => setAsking(device)}
              >
                Sign out
              </Button>
            )}
          </Row>
        ))}
      </Rows>
      <Confirm
        open={asking !== undefined}
        onOpenChange={(open) => !open && setAsking(undefined)}
        title="Sign out there?"
        detail={`${asking?.name ?? "The device"} no longer sees your conversations, within seconds. Answers in flight go on.`}
        action="Sign out"
        onConfirm={() => asking && tellFailure(signOut(asking), "The device is still signed in.")}
      />
    </Section>
  );
}
