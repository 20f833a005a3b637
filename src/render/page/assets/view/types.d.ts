// The shapes of what the reader chose and sees.

import type { Way } from "../model/data.d.ts";
import type {
  Arrow,
  Choice,
  Group,
  Part,
  Point,
  Rectangle,
  Scene,
  Tree,
} from "../model/types.d.ts";

export type Tab = "graph" | "matrix" | "findings" | "metrics";
export type Color = "layer" | "component" | "instability" | "none";
export type Theme = "auto" | "light" | "dark";

/** What the panel is about, by the keys of groups. */
export type Selection = { box: string } | { from: string; to: string };

/** What the reader chose. Everything in it goes into the link. */
export interface State extends Choice {
  tab: Tab;
  by: Way;
  color: Color;
  theme: Theme;
  selected: Selection | null;
}

/** A box or an arrow that stands out. */
export type Focus =
  | { box: Part; arrow?: undefined; frame?: undefined }
  | { arrow: Arrow; box?: undefined; frame?: undefined };

/** What lies under a point of the stage. */
export type Hit = Focus | { frame: Part; box?: undefined; arrow?: undefined };

/** Where the picture stands in the window: a point of the picture times `k`, plus `x` and `y`. */
export interface Camera extends Point {
  k: number;
}

export interface Size {
  w: number;
  h: number;
  /** The pixels of the screen for one of the page. */
  ratio: number;
}

/** What follows from the choice, and what the pointer and the keyboard are on. */
export interface View {
  tree: Tree;
  scene: Scene;
  camera: Camera;
  size: Size;
  hovered: Focus | null;
  /** The box that the keyboard is on. */
  cursor: Part | null;
}

/** The part of the picture that is in view. */
export interface Seen {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What has changed: what is shown, what is chosen, the tab, the rule, the tree, the colours, where the camera is. */
export type Signal = "shown" | "selected" | "tab" | "rule" | "tree" | "theme" | "moved";

/** The page as a program that drives it sees it. */
export interface Driver {
  where(key: string): (Point & { open: boolean }) | null;
  wherePath(from: string, to: string, t?: number): Point | null;
  scene(): {
    boxes: (Rectangle & { key: string; tint: number; rank: number })[];
    frames: (Rectangle & { key: string })[];
    arrows: { from: string; to: string; count: number; rules: string[] }[];
  };
  cursor(): string | null;
  drawing(): number;
}

declare global {
  interface Window {
    archlint: Driver;
  }
}
