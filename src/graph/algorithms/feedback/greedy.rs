//! A good order for a large component: the greedy order of Eades, Lin and Smyth, weighted, improved
//! by moving single nodes to cheaper positions.

use std::collections::BTreeSet;

use super::{Cost, Subgraph, positions};

/// Returns an order of the nodes whose backward arcs have a low cost. `budget` limits the steps of
/// the improvement.
pub fn order(part: &Subgraph, budget: usize) -> Vec<u32> {
    let mut order = greedy(part);
    sift(part, &mut order, budget);
    order
}

/// Nodes with no remaining dependents go to the front, nodes with no remaining dependencies to the
/// end; if there are neither, the node that would cost most at the end goes to the front.
fn greedy(part: &Subgraph) -> Vec<u32> {
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

/// The class of a node, in the order in which classes are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Sink,
    Source,
    Other,
}

/// The cost of the arcs between the nodes that are not taken yet.
struct Balance {
    leaving: Vec<Cost>,
    entering: Vec<Cost>,
    taken: Vec<bool>,
    queue: BTreeSet<(Class, Cost, u32)>,
}

impl Balance {
    fn new(part: &Subgraph) -> Self {
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

    fn remove(&mut self, part: &Subgraph, node: u32) {
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

/// Moves nodes, one at a time, to their cheapest positions, until no move reduces the cost or the
/// budget is exhausted.
fn sift(part: &Subgraph, order: &mut [u32], budget: usize) {
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

/// Returns the cheapest position of `node`, as its position in the order after the move; the
/// current position if no other is cheaper.
fn best_place(part: &Subgraph, position: &[usize], node: u32) -> usize {
    let here = position[node as usize];
    // A move past a neighbour turns the arcs from the neighbour forward and the arcs to it
    // backward.
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
            // The nodes after this one move up by one position when it leaves.
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

    fn part(edges: &[(u32, u32)]) -> Subgraph {
        Subgraph::new(&csr(5, edges), &[0, 1, 2, 3, 4], |_| 1)
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
