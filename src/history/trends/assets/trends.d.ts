// The data of the page, by `ARCHLINT_BLESS=1 cargo test declarations` from `src/history/trends/page.rs`.

export type Commit = {
  id: string,
  short: string,
  /** The commit time, in seconds since 1970, UTC. */
  time: number,
  subject: string,
  /** The reason why the commit has no numbers; `null` if it has numbers. */
  gap: string | null,
  /** The number of reasons to doubt the numbers. */
  doubts: number,
};

/** A component, or a package if no components are declared. */
export type ComponentSeries = {
  name: string,
  /** The series of each metric. */
  series: Array<Array<number | null>>,
};

export type Cycle = {
  of: string,
  members: Array<string>,
};

/** All data of the page. A test writes its declaration for TypeScript to `assets/trends.d.ts`. */
export type Data = {
  version: number,
  /** The name of the workspace; may be empty. */
  title: string,
  /** Whether the history in the repository is incomplete. */
  shallow: boolean,
  /** The change from one commit to the next, in percent, from which on it is a jump. */
  jump: number,
  metrics: Array<Metric>,
  /** The commits, the oldest first. */
  commits: Array<Commit>,
  /** The series of each metric of the workspace. */
  whole: Array<Array<number | null>>,
  parts: Array<ComponentSeries>,
  rules: Array<Rule>,
  events: Array<Happening>,
  /** The cycles of the last commit. */
  cycles: Array<Life>,
};

/** An event at the commit with the index `at`. */
export type Happening = {
  "kind": "appeared",
  at: number,
  cycle: Cycle,
} | {
  "kind": "gone",
  at: number,
  cycle: Cycle,
} | {
  "kind": "jump",
  at: number,
  metric: number,
  from: number,
  to: number,
};

/** A cycle, and the id of the commit at which it appeared. */
export type Life = {
  cycle: Cycle,
  /** `null` if the first of the commits already has the cycle. */
  since: string | null,
};

export type Metric = {
  key: string,
  title: string,
  about: string,
  /** The number of decimals to show. */
  places: number,
};

/** A rule and the number of its findings. */
export type Rule = {
  id: string,
  series: Array<number | null>,
};
