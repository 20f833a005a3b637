//! Items along a line, each as near as possible to its preferred position while minimum distances
//! hold.

/// One of the items, in order.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The preferred position of the centre.
    pub at: f64,
    /// The weight of the preference, above 0.
    pub weight: f64,
    /// The minimum distance from the centre of the previous item.
    pub apart: f64,
}

/// Returns the positions with the least sum of weighted squared distances from the preferred ones
/// that keep the order and the minimum distances, within `bounds` if they leave enough room. Runs
/// in linear time: pool adjacent violators (Ayer et al. 1955; Best and Chakravarti 1990).
pub fn settle(wishes: &[Wish], bounds: (f64, f64)) -> Vec<f64> {
    let mut shift = 0.0;
    let mut shifts = Vec::with_capacity(wishes.len());
    let mut pools: Vec<Pool> = Vec::new();
    for (at, wish) in wishes.iter().enumerate() {
        shift += if at == 0 { 0.0 } else { wish.apart };
        shifts.push(shift);
        let mut pool = Pool { sum: (wish.at - shift) * wish.weight, weight: wish.weight, count: 1 };
        while let Some(before) = pools.pop_if(|before| before.mean() >= pool.mean()) {
            pool = Pool {
                sum: pool.sum + before.sum,
                weight: pool.weight + before.weight,
                count: pool.count + before.count,
            };
        }
        pools.push(pool);
    }
    let highest = (bounds.1 - shift).max(bounds.0);
    let interiors =
        pools.iter().flat_map(|p| std::iter::repeat_n(p.mean().clamp(bounds.0, highest), p.count));
    interiors.zip(shifts).map(|(interior, shift)| interior + shift).collect()
}

/// A run of items at their minimum distances.
struct Pool {
    sum: f64,
    weight: f64,
    count: usize,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.sum / self.weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn wish(at: f64, weight: f64) -> Wish {
        Wish { at, weight, apart: 10.0 }
    }

    #[test]
    fn those_with_room_get_their_wish() {
        assert_eq!(settle(&[wish(0.0, 1.0), wish(50.0, 1.0)], ANYWHERE), [0.0, 50.0]);
    }

    #[test]
    fn those_in_the_way_share_the_pain_by_weight() {
        assert_eq!(settle(&[wish(0.0, 1.0), wish(0.0, 1.0)], ANYWHERE), [-5.0, 5.0]);
        assert_eq!(settle(&[wish(0.0, 3.0), wish(0.0, 1.0)], ANYWHERE), [-2.5, 7.5]);
    }

    #[test]
    fn bounds_hold() {
        assert_eq!(settle(&[wish(-9.0, 1.0), wish(90.0, 1.0)], (0.0, 40.0)), [0.0, 40.0]);
        assert!(settle(&[], ANYWHERE).is_empty());
    }
}
