//! A good order for a large part: the greedy order of Eades, Lin and Smyth, weighted, then nodes moved one by one to where
//! they cost less.

use std::collections::BTreeSet;

use super::{Cost, Part, positions};

/// An order of the nodes whose backward arcs cost little. `budget`: how many steps the improvement may take.
pub fn order(part: &Part, budget: usize) -> Vec<u32> {
    let mut order = greedy(part);
    sift(part, &mut order, budget);
    order
}

/// Nodes that nothing left depends on go to the front, nodes that depend on nothing left to the end; when there are
/// neither, the node with the most to lose at the end goes to the front.
fn greedy(part: &Part) -> Vec<u32> {
    let mut balance = Balance::new(part);
    let (mut front, mut back) = (Vec::new(), Vec::new());
    while let Some((class, _, node)) = balance.queue.pop_first() {
        if class == Class::Sink {
            back.push(node)
        } else {
            front.push(node)
        }
        balance.remove(part, node);
    }
    front.extend(back.into_iter().rev());
    front
}

/// In the order in which nodes are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Sink,
    Source,
    Other,
}

/// What the arcs between nodes not yet taken cost.
struct Balance {
    leaving: Vec<Cost>,
    entering: Vec<Cost>,
    taken: Vec<bool>,
    queue: BTreeSet<(Class, Cost, u32)>,
}

impl Balance {
    fn new(part: &Part) -> Self {
        let count = part.graph.nodes();
        let (mut leaving, mut entering) = (vec![0; count], vec![0; count]);
        for arc in part.graph.arcs() {
            leaving[arc.from as usize] += part.cost(arc);
            entering[arc.to as usize] += part.cost(arc);
        }
        let mut balance = Self { leaving, entering, taken: vec![false; count], queue: BTreeSet::new() };
        balance.queue = (0..count as u32).map(|n| balance.key(n)).collect();
        balance
    }

    fn key(&self, node: u32) -> (Class, Cost, u32) {
        let (leaving, entering) = (self.leaving[node as usize], self.entering[node as usize]);
        let class = match (leaving, entering) {
            (0, _) => Class::Sink,
            (_, 0) => Class::Source,
            _ => Class::Other,
        };
        (class, entering - leaving, node)
    }

    fn remove(&mut self, part: &Part, node: u32) {
        self.taken[node as usize] = true;
        for arc in part.graph.outgoing(node) {
            self.change(arc.to, 0, part.cost(arc));
        }
        for arc in part.graph.incoming(node) {
            self.change(arc.from, part.cost(&arc), 0);
        }
    }

    fn change(&mut self, node: u32, leaving: Cost, entering: Cost) {
        if !self.taken[node as usize] {
            self.queue.remove(&self.key(node));
            self.leaving[node as usize] -= leaving;
            self.entering[node as usize] -= entering;
            self.queue.insert(self.key(node));
        }
    }
}

/// Moves nodes, one at a time, to where they cost least, until none gains by moving or the budget is spent.
fn sift(part: &Part, order: &mut [u32], budget: usize) {
    let mut position = positions(order);
    let mut left = budget;
    let mut moved = true;
    while moved {
        moved = false;
        for node in 0..order.len() as u32 {
            let degree = part.graph.outgoing(node).len() + part.graph.incoming(node).len();
            let from = position[node as usize];
            let to = best_place(part, &position, node);
            let work = degree + from.abs_diff(to);
            if work > left {
                return;
            }
            left -= work;
            moved |= from != to;
            shift(order, &mut position, from, to);
        }
    }
}

/// Where `node` would cost least, given as its place in the order after the move; where it is if no place is better.
fn best_place(part: &Part, position: &[usize], node: u32) -> usize {
    let here = position[node as usize];
    // Passing a neighbour makes the arcs from it point forward and those to it backward.
    let gains = part.graph.incoming(node).map(|a| (position[a.from as usize], -part.cost(&a)));
    let losses = part.graph.outgoing(node).iter().map(|a| (position[a.to as usize], part.cost(a)));
    let mut passes: Vec<(usize, Cost)> = gains.chain(losses).collect();
    passes.sort_unstable();
    let now: Cost = passes.iter().take_while(|p| p.0 < here).map(|p| p.1).sum();
    let (mut cost, mut best, mut place) = (0, now.min(0), if now > 0 { 0 } else { here });
    for neighbours in passes.chunk_by(|a, b| a.0 == b.0) {
        cost += neighbours.iter().map(|p| p.1).sum::<Cost>();
        if cost < best {
            let passed = neighbours[0].0;
            // What stands behind the node moves up by one when it leaves.
            (best, place) = (cost, if passed > here { passed } else { passed + 1 });
        }
    }
    place
}

fn shift(order: &mut [u32], position: &mut [usize], from: usize, to: usize) {
    let (start, end) = (from.min(to), from.max(to));
    let range = &mut order[start..=end];
    if from < to {
        range.rotate_left(1)
    } else {
        range.rotate_right(1)
    }
    for (offset, &node) in range.iter().enumerate() {
        position[node as usize] = start + offset;
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::csr::tests::csr, *};

    fn part(edges: &[(u32, u32)]) -> Part {
        Part::new(&csr(5, edges), &[0, 1, 2, 3, 4], |_| 1)
    }

    #[test]
    fn without_cycles_nothing_points_backward() {
        let order = greedy(&part(&[(4, 0), (0, 2), (2, 1), (4, 3), (3, 1)]));
        assert_eq!(order, [4, 3, 0, 2, 1]);
    }

    #[test]
    fn a_node_moves_forth_and_back_to_where_it_costs_least() {
        let mut order = vec![0, 1, 2, 3, 4];
        sift(&part(&[(1, 0), (2, 0), (4, 1), (4, 2)]), &mut order, 1_000);
        assert_eq!(order, [4, 1, 2, 0, 3]);
    }

    #[test]
    fn no_move_without_budget() {
        let mut order = vec![0, 1, 2, 3, 4];
        sift(&part(&[(1, 0)]), &mut order, 0);
        assert_eq!(order, [0, 1, 2, 3, 4]);
    }
}
