import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { preload } from "react-dom";
import { ApplyLook } from "#components/look/apply-look";
import { NonceProvider } from "#components/ui/nonce";
import { NONCE_HEADER } from "#lib/http/page-policy";
import { workspaceWords } from "#words/workspace";
import { themeColors } from "../components/look/theme-colors.ts";
import "./globals.css";

export const metadata: Metadata = {
  applicationName: workspaceWords.product,
  description: workspaceWords.about,
  appleWebApp: { capable: true, title: workspaceWords.product },
  // No program of a phone is to make links of numbers that only look like one's.
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  // The keyboard takes its room from the page, so the composer stays above it.
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: themeColors.light },
    { media: "(prefers-color-scheme: dark)", color: themeColors.dark },
  ],
};

/** The face of nearly every first word; the style sheet would ask for it only once it has met that word. */
const textFace = new URL(
  "../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
  import.meta.url,
);

export default async function RootLayout({ children }: { children: React.ReactNode }) {
  preload(textFace.href, { as: "font", type: "font/woff2", crossOrigin: "" });
  // Each page has one of its own, so no page is made before it is asked for.
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    // The look that was kept in the browser is written here before React comes.
    <html lang="en" suppressHydrationWarning>
      <NonceProvider nonce={nonce}>
        <head>
          <ApplyLook />
        </head>
        <body>{children}</body>
      </NonceProvider>
    </html>
  );
}
