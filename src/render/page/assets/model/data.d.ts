// The data of the page, by `ARCHLINT_BLESS=1 cargo test declarations` from `src/render/page/format.rs`.

/** The numbers of one metric. */
export type Column = {
  metric: number,
  /** Whether the column is shown by default. */
  usual: boolean,
  values: Array<Number | null>,
};

export type Component = {
  name: string,
  layer: string | null,
  tags: Array<string>,
  owner: string | null,
};

/** All data of the page. */
export type Data = {
  version: number,
  /** The name of the workspace; may be empty. */
  title: string,
  /** The fragment with which the page opens if its address has none. */
  start: string,
  /** The names of the contexts of references. */
  contexts: Array<string>,
  /** The names of the kinds of targets. */
  targets: Array<string>,
  packages: Array<string>,
  components: Array<Component>,
  /** The layers in their declared order, the highest first, as rows of siblings. */
  layers: Array<Array<string>>,
  modules: Modules,
  /** The crates outside the workspace. As nodes they are numbered after the modules. */
  externals: Array<string>,
  /** The names of the kinds of groups. */
  kinds: [GroupKind, GroupKind, GroupKind, GroupKind, GroupKind, GroupKind, GroupKind, GroupKind],
  /** The ways to group the modules; the page opens with the first. */
  groupings: Array<Grouping>,
  edges: Edges,
  sites: Sites,
  /** `null` if no rules were checked. */
  findings: Findings | null,
  resolution: Resolution,
  excerpts: Excerpts,
  numbers: Numbers,
};

/** The edges, one row each, sorted by both ends. */
export type Edges = {
  /** The node that depends. */
  from: Array<number>,
  /** The node that it depends on. */
  to: Array<number>,
  /** The number of sites of the edge. */
  sites: Array<number>,
  /** The rows of those by name alone, whose sites are also sites of others. */
  naming: Array<number>,
};

/** The source lines that the page shows. */
export type Excerpts = {
  files: Array<File>,
  /** The lines without leading and trailing whitespace, each distinct text once. */
  texts: Array<string>,
};

/** A file and its lines, one row each. */
export type File = {
  name: string,
  /** The line number minus that of the previous row. */
  line: Array<number>,
  text: Array<number>,
  /** The number of whitespace characters before the text. */
  indent: Array<number>,
};

export type Finding = {
  rule: string,
  severity: Severity,
  status: Status,
  message: string,
  reason: string | null,
  instead: string | null,
  from: string | null,
  to: string | null,
  components: Array<string>,
  owner: string | null,
  /** The number of places of the finding, excluding those of its chain. */
  places: number,
  chain: Array<Hop>,
};

/** The rules that were checked, and their violations. */
export type Findings = {
  summary: Summary,
  rules: Array<Rule>,
  list: Array<Finding>,
  /** The places that the findings show, in the order of the findings. */
  places: Places,
  /** The edges that findings refer to. */
  marks: Array<Mark>,
};

/** The kind of code that a group stands for. */
export type GroupKind = "root" | "component" | "package" | "crate" | "module" | "itself" | "externals" | "external";

/** A tree of the modules and external crates. */
export type Grouping = {
  way: Way,
  groups: Groups,
  /** The order of the groups by the references outside of test code. */
  order: Order,
  /** The order by all references; `null` if no test code refers to anything. */
  with_tests: Order | null,
};

/** The groups of a tree, one row each. A group comes before its children. */
export type Groups = {
  /** The position in [`Data::kinds`]. */
  kind: Array<number>,
  /** -1 for the root. */
  parent: Array<number>,
  /** The node whose code the group holds; -1 for none. */
  node: Array<number>,
};

/** A step of a chain of dependencies. */
export type Hop = {
  from: string,
  to: string,
  /** The number of places of the step. */
  places: number,
};

/** The results of looking for the definitions of associated items, methods or fields. */
export type ItemResolution = {
  /** The number of items that the workspace defines. */
  resolved: number,
  /** The number of items that another crate or a derive defines. */
  external: number,
  /** The number of items whose definition is not known. */
  unknown: number,
};

/** An edge, and the findings that refer to it. */
export type Mark = {
  edge: number,
  findings: Array<number>,
};

export type Metric = {
  name: string,
  about: string,
  /** Whether the values are whole numbers. */
  whole: boolean,
};

/** The modules, one row each. A parent comes before its children. */
export type Modules = {
  /** The module that contains this one; -1 for the root of a crate. */
  parent: Array<number>,
  /** The id without that of the parent. */
  name: Array<string>,
  package: Array<number>,
  target: Array<number>,
  /** -1 for none. */
  component: Array<number>,
  /** The row of the module's layer in [`Data::layers`]; -1 for none. */
  rank: Array<number>,
  file: Array<number>,
  line: Array<number>,
  lines: Array<number>,
  items: Array<number>,
  /** The modules that are test code, ascending. */
  tests: Array<number>,
};

/** A number: a count or a real number, which its JSON representation distinguishes. */
export type Number = number | number;

/** The numbers of `archlint metrics`. */
export type Numbers = {
  metrics: Array<Metric>,
  /** The numbers of the workspace as a whole, in the order of `metrics`. */
  whole: Array<Number | null>,
  levels: Array<Table>,
};

/** The order of the children of each group as in a design structure matrix: a child comes before the children that it depends on. */
export type Order = {
  /** The position of each group among the children of its parent. */
  place: Array<number>,
  /** The cycle that contains the group, numbered among the children of its parent; -1 for none. */
  cycle: Array<number>,
};

/** A re-export through which the name at a place is reached. */
export type Pass = {
  place: number,
  module: string,
  file: number,
  line: number,
  column: number,
};

/** The places that findings refer to, one row each. A place need not be a site: a rule may report a file. */
export type Places = {
  file: Array<number>,
  /** 0 for the whole file. */
  line: Array<number>,
  column: Array<number>,
  /** The number of characters; 0 for a place that does not end on its line. */
  length: Array<number>,
  /** -1 for none. */
  context: Array<number>,
  /** The named item, as an index into `texts`; -1 for none. */
  item: Array<number>,
  /** The named module, as an index into `texts`; -1 for none. */
  named: Array<number>,
  /** The `cfg` condition, as an index into `texts`; -1 for none. */
  condition: Array<number>,
  texts: Array<string>,
  /** The re-exports through which the names are reached, in the order of the places. */
  passes: Array<Pass>,
};

/** The re-exports of one chain, one row each. */
export type Reexports = {
  module: Array<number>,
  file: Array<number>,
  line: Array<number>,
  column: Array<number>,
};

/** The results of resolving the references of a workspace. They are counted so that blind spots are visible. */
export type Resolution = {
  /** The number of references that were looked up. */
  references: number,
  /** The number of references that name an item of the workspace. */
  resolved: number,
  /** The number of references that name an item of an external crate. */
  external: number,
  /** The number of those that are taken to come from a glob import of an external crate, because nothing else defines them. */
  assumed: number,
  /** The number of references whose item was not found. */
  unresolved: number,
  /** The paths to associated items, which are counted apart. */
  associated: ItemResolution,
  /** The methods of calls, which are counted apart. */
  methods: ItemResolution,
  /** The fields of expressions, struct literals and patterns, which are counted apart. */
  fields: ItemResolution,
};

export type Rule = {
  id: string,
  kind: string,
  about: string,
  severity: Severity,
  reason: string | null,
  instead: string | null,
};

/** The severity of a diagnostic or a finding. */
export type Severity = "off" | "info" | "warn" | "error";

/** The properties that many sites have in common, one row for each combination that occurs. */
export type Shapes = {
  /** The file of the sites; -1 for the file of the module that depends. */
  file: Array<number>,
  context: Array<number>,
  /** The node that is named; -1 if it is the node depended on. */
  named: Array<number>,
  /** -1 for none. */
  condition: Array<number>,
  /** -1 for none. */
  chain: Array<number>,
  /** 1 for test code. */
  test: Array<number>,
};

/** The sites of all edges, one row each: those of the first edge, then those of the second, and so on. */
export type Sites = {
  /** The line number minus that of the previous site of the same edge. */
  line: Array<number>,
  column: Array<number>,
  /** The number of characters; 0 for a site that does not end on its line. */
  length: Array<number>,
  /** The row in `shapes`. */
  shape: Array<number>,
  /** The position in `items`. */
  item: Array<number>,
  shapes: Shapes,
  /** The items that are named. */
  items: Array<string>,
  /** The `cfg` conditions. */
  conditions: Array<string>,
  /** The chains of re-exports through which names are reached. */
  chains: Array<Reexports>,
};

/** Whether a finding is known. */
export type Status = "new" | "baseline" | "waived";

/** The summary of a report. */
export type Summary = {
  /** New findings of severity error. */
  errors: number,
  /** New findings of severity warn. */
  warnings: number,
  /** New findings of severity info. */
  infos: number,
  /** Findings in the baseline. */
  baseline: number,
  /** Findings that waivers allow. */
  waived: number,
  /** Rules that were checked. */
  rules: number,
  /** Rules that were not checked, because they or the rules before them reached a limit. */
  unchecked: number,
  /** Modules that were checked. */
  modules: number,
  /** Dependencies of these modules on each other and on external crates. */
  dependencies: number,
  /** Diagnostics about source that was not read, including accepted ones. */
  unread: number,
  /** The references of the workspace that were looked up and not found. */
  unresolved: number,
  /** The methods and fields of the workspace whose definition is not known. */
  unknown: number,
  /** New findings about other files than the check was asked about. */
  elsewhere: number,
  /** Whether there was a configuration: a file, or components declared in manifests. */
  configured: boolean,
};

/** The numbers of one level. */
export type Table = {
  level: string,
  /** The component or module of each row. */
  of: Array<number>,
  columns: Array<Column>,
};

/** The criterion by which modules are grouped. */
export type Way = "component" | "package";
