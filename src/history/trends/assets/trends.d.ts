// The data of the page, by `ARCHLINT_BLESS=1 cargo test declarations` from `src/history/trends/page.rs`.

export type Commit = {
  id: string,
  short: string,
  /** Seconds since 1970, UTC. */
  time: number,
  subject: string,
  /** The reason for which it has no numbers; `null` where it has. */
  gap: string | null,
  /** The number of reasons for which its numbers are doubtful. */
  doubts: number,
};

export type Cycle = {
  of: string,
  members: Array<string>,
};

/** All that the page knows. A test writes its declaration for TypeScript to `assets/trends.d.ts`. */
export type Data = {
  version: number,
  /** The name of the workspace; may be empty. */
  title: string,
  /** Whether the repository holds less than all there was. */
  shallow: boolean,
  /** The change from one commit to the next that is a jump, in percent. */
  jump: number,
  metrics: Array<Metric>,
  /** The oldest first. */
  commits: Array<Commit>,
  /** For each metric its series of the workspace. */
  whole: Array<Array<number | null>>,
  parts: Array<Part>,
  rules: Array<Rule>,
  events: Array<Happening>,
  /** The cycles of the last commit. */
  cycles: Array<Life>,
};

/** An event at the commit with the position `at`. */
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
  /** `null` where the first of the commits has it. */
  since: string | null,
};

export type Metric = {
  key: string,
  title: string,
  about: string,
  /** The number of decimals that are worth showing. */
  places: number,
};

/** A component, or a package where no components are declared. */
export type Part = {
  name: string,
  /** For each metric its series. */
  series: Array<Array<number | null>>,
};

/** A rule and the number of its findings. */
export type Rule = {
  id: string,
  series: Array<number | null>,
};
