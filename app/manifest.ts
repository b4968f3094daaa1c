import type { MetadataRoute } from "next";
import { workspaceWords } from "#words/workspace";
import { themeColors } from "../components/look/theme-colors.ts";

/** What a system is told that puts Rejoin beside its other programs. */
export default function manifest(): MetadataRoute.Manifest {
  const icon = (size: number, kind: "any" | "maskable") => ({
    src: `/icon-${kind}-${size}.png`,
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose: kind,
  });
  return {
    id: "/",
    name: workspaceWords.product,
    short_name: workspaceWords.product,
    description: workspaceWords.about,
    lang: "en",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: themeColors.light,
    theme_color: themeColors.light,
    categories: ["productivity"],
    icons: [icon(192, "any"), icon(512, "any"), icon(192, "maskable"), icon(512, "maskable")],
    shortcuts: [
      { name: workspaceWords.newConversation, url: "/" },
      { name: workspaceWords.temporaryConversation, url: "/?temporary" },
    ],
  };
}
