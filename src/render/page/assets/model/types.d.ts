// The types in memory: those derived from the data, and those of the picture.

import type { Finding as FindingData, GroupKind, Order } from "./data.d.ts";

/** A module of the workspace. */
export interface Module {
  /** -1 for the root of a crate. */
  parent: number;
  /** The id without that of the parent. */
  name: string;
  id: string;
  package: number;
  target: number;
  /** -1 for none. */
  component: number;
  /** The row of the module's layer; -1 for none. */
  rank: number;
  file: number;
  line: number;
  lines: number;
  items: number;
  test: boolean;
}

/** A place in the source: a reference, or another place that a finding refers to. */
export interface Place {
  /** The edge; only for references. */
  edge?: number;
  file: number;
  /** 0 for the whole file. */
  line: number;
  column: number;
  /** The number of characters; 0 for a place that does not end on its line. */
  length: number;
  context: string | null;
  item: string | null;
  named: string | null;
  condition: string | null;
  passes: Pass[];
  test: boolean;
}

/** A re-export through which a name is reached. */
export interface Pass {
  module: string;
  file: number;
  line: number;
  column: number;
}

/** A violation of a rule, with its places. */
export interface Finding extends Omit<FindingData, "places" | "chain"> {
  /** The finding's index among all findings. */
  number: number;
  places: Place[];
  chain: Hop[];
}

/** A step of a chain of dependencies. */
export interface Hop {
  from: string;
  to: string;
  places: Place[];
}

/** A part of the tree that expands and collapses. */
export interface Group {
  kind: GroupKind;
  /** The identifier of the group in links and for the keyboard. */
  key: string;
  name: string;
  id: string;
  parent: Group | null;
  children: Group[];
  /** The node whose code the group contains, directly or in its `itself` child; -1 for none. */
  node: number;
  depth: number;
  /** The group's index among all groups. */
  number: number;
  /** The nodes in the group. */
  nodes: number[];
  /** Whether all code in the group is test code. */
  test: boolean;
  /** The row of the layer of all code in the group; -1 if there is none, or several. */
  rank: number;
}

/** All groups, parents first. */
export interface Tree {
  root: Group;
  all: Group[];
  /** The group that contains the code of each node. */
  leafOf: Group[];
  byKey: Map<string, Group>;
  /** The order of the children of each group, without and with the references of test code. */
  order: Order;
  orderWithTests: Order;
}

/** The part of the tree that is shown. */
export interface Choice {
  /** The keys of the groups that are open. */
  open: Set<string>;
  tests: boolean;
  externals: boolean;
  /** Whether only arrows that break a rule are shown. */
  only: boolean;
  /** Whether arrows implied by longer chains are left out. */
  reduce: boolean;
  /** The id of the only rule whose findings count; empty for all. */
  rule: string;
}

export interface Point {
  x: number;
  y: number;
}

export interface Rectangle extends Point {
  w: number;
  h: number;
}

/** The representation of a group: a box while the group is closed, a frame while it is open. */
export interface Part extends Rectangle {
  group: Group;
  box: boolean;
  /** The frame around it; `null` for the outermost. */
  frame: Part | null;
  /** The index among the boxes, or among the frames. */
  number: number;
  /** The findings of references inside a box. */
  hidden: Set<Finding>;
  /** The index in the legend; -1 for none. */
  tint: number;
  /** The name, shortened to fit. */
  text: string;
  /** The position inside the frame. */
  at: Point;
  /** For a frame: the position of its contents. */
  origin: Point;
  /** For a frame: the routes between its parts. */
  routes: Map<string, Route>;
}

/** The references of one box to another. */
export interface Arrow {
  from: Part;
  to: Part;
  edges: number[];
  count: number;
  broken: Set<Finding>;
  /** Whether all of the references are in test code. */
  test: boolean;
  /** Whether all of the references are by name alone. */
  naming: boolean;
  /** Whether the arrow is a bundle of all arrows between two frames. */
  bundle: boolean;
  /** The parts of one frame that contain the ends of the arrow. */
  a: Part;
  b: Part;
  /** The part whose trunk the arrow shares. */
  target: Part;
  up: boolean;
  start: [number, number];
  middle: [number, number][];
  end: [number, number];
  /** The first point, then Bézier curves of two control points and an end point each. */
  path: Float32Array;
  /** Left, top, right, bottom. */
  bounds: [number, number, number, number];
  /** Points along the path, computed when the pointer is near. */
  samples: number[] | null;
}

/** The boxes, frames and arrows that are currently shown. */
export interface Scene {
  boxes: Part[];
  /** The outermost first. */
  frames: Part[];
  /** The part that represents or contains each group, by the number of the group. */
  of: (Part | undefined)[];
  arrows: Arrow[];
  /** The arrows that are drawn: bundles if there are very many. */
  drawn: Arrow[];
  /** The number of arrows that were left out because longer chains imply them. */
  implied: number;
}

/** A link between two parts of one frame, by their positions. */
export interface Link {
  a: number;
  b: number;
  /** The name of the trunk that the link shares with others. */
  target: string;
  weight: number;
}

/** The route of a link: whether it runs upward, and x, top and bottom for each rank that it crosses. */
export interface Route {
  up: boolean;
  points: [number, number, number][];
}
