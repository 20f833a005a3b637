// The shapes in memory: what the scripts make of the data, and what they draw.

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
  /** The row of its layer; -1 for none. */
  rank: number;
  file: number;
  line: number;
  lines: number;
  items: number;
  test: boolean;
}

/** A place of the source: a reference, or what else a finding shows. */
export interface Place {
  /** Only of a reference. */
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

/** A re-export that a name passes. */
export interface Pass {
  module: string;
  file: number;
  line: number;
  column: number;
}

/** A violation of a rule, with its places. */
export interface Finding extends Omit<FindingData, "places" | "chain"> {
  /** Its position among all findings. */
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
  /** The name that links and the keyboard know it by. */
  key: string;
  name: string;
  id: string;
  parent: Group | null;
  children: Group[];
  /** The node whose code it holds, directly or in its `itself`; -1 for none. */
  node: number;
  depth: number;
  /** Its position among all groups. */
  number: number;
  /** The nodes beneath it. */
  nodes: number[];
  /** Whether all beneath it is test code. */
  test: boolean;
  /** The row of the layer that all beneath it has; -1 where it has none, or several. */
  rank: number;
}

/** All groups, parents first. */
export interface Tree {
  root: Group;
  all: Group[];
  /** The group that holds the code of each node. */
  leafOf: Group[];
  byKey: Map<string, Group>;
  /** The order of the children of each group, without and with the references of test code. */
  order: Order;
  orderWithTests: Order;
}

/** What of the tree is shown. */
export interface Choice {
  /** The keys of the groups that are open. */
  open: Set<string>;
  tests: boolean;
  externals: boolean;
  /** Whether only what breaks a rule is shown. */
  only: boolean;
  /** Whether arrows are left out that a longer way implies. */
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

/** A group as it is drawn: a box while it is closed, a frame while it is open. */
export interface Part extends Rectangle {
  group: Group;
  box: boolean;
  /** The frame around it; `null` for the outermost. */
  frame: Part | null;
  /** Its position among the boxes, or among the frames. */
  number: number;
  /** The findings of references inside a box. */
  hidden: Set<Finding>;
  /** Its place in the legend; -1 for none. */
  tint: number;
  /** Its name as it fits. */
  text: string;
  /** Its place inside the frame. */
  at: Point;
  /** Of a frame: where its parts begin. */
  origin: Point;
  /** Of a frame: the ways between its parts. */
  routes: Map<string, Route>;
}

/** The references of one box to another. */
export interface Arrow {
  from: Part;
  to: Part;
  edges: number[];
  count: number;
  broken: Set<Finding>;
  /** Whether all of the references are test code. */
  test: boolean;
  /** Whether it stands for all arrows between two frames. */
  bundle: boolean;
  /** The parts of one frame that its ends lie in. */
  a: Part;
  b: Part;
  /** The part whose trunk it shares. */
  target: Part;
  up: boolean;
  start: [number, number];
  middle: [number, number][];
  end: [number, number];
  /** The first point, then curves of two handles and a point each. */
  path: Float32Array;
  /** Left, top, right, bottom. */
  bounds: [number, number, number, number];
  /** Points along the path, made when the pointer is near. */
  samples: number[] | null;
}

/** The boxes, frames and arrows of now. */
export interface Scene {
  boxes: Part[];
  /** The outermost first. */
  frames: Part[];
  /** The part that each group is drawn as, or lies in, by the number of the group. */
  of: (Part | undefined)[];
  arrows: Arrow[];
  /** The arrows that are drawn: where there are very many, bundles of them. */
  drawn: Arrow[];
  /** The number of arrows that a longer way implies and that were left out for it. */
  implied: number;
}

/** A link between two parts of one frame, by their positions. */
export interface Link {
  a: number;
  b: number;
  /** The name of the trunk that it shares with others. */
  target: string;
  weight: number;
}

/** The way of a link: whether it runs upward, and for each rank that it crosses x, top and bottom. */
export interface Route {
  up: boolean;
  points: [number, number, number][];
}
