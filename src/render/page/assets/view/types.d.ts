// The types of the reader's choices and of the view.

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

/** The subject of the panel, by the keys of groups. */
export type Selection = { box: string } | { from: string; to: string };

/** The reader's choices. All fields are part of the link. */
export interface State extends Choice {
  tab: Tab;
  by: Way;
  color: Color;
  theme: Theme;
  selected: Selection | null;
}

/** A highlighted box or arrow. */
export type Focus =
  | { box: Part; arrow?: undefined; frame?: undefined }
  | { arrow: Arrow; box?: undefined; frame?: undefined };

/** The element under a point of the stage. */
export type Hit = Focus | { frame: Part; box?: undefined; arrow?: undefined };

/** The mapping of the picture to the window: a point of the picture times `k`, plus `x` and `y`. */
export interface Camera extends Point {
  k: number;
}

export interface Size {
  w: number;
  h: number;
  /** The number of device pixels for each CSS pixel. */
  ratio: number;
}

/** The values derived from the choices, and the positions of the pointer and the keyboard. */
export interface View {
  tree: Tree;
  scene: Scene;
  camera: Camera;
  size: Size;
  hovered: Focus | null;
  /** The box at the keyboard's position. */
  cursor: Part | null;
}

/** The part of the picture that is in view. */
export interface Seen {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A kind of change: the content, the selection, the tab, the rule, the tree, the colours, the camera. */
export type Signal = "shown" | "selected" | "tab" | "rule" | "tree" | "theme" | "moved";

/** The interface of the page for programs that drive it. */
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
