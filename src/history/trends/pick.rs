//! The selection of the commits to measure.

use crate::base::day::Day;

/// The criteria of the selection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choice {
    /// The periods of which only one commit each is selected.
    pub every: Option<Every>,
    /// The earliest time of a commit, in seconds of UTC.
    pub since: Option<i64>,
    /// The maximum number of commits; the newest are kept.
    pub most: Option<usize>,
}

/// A period of time, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// A day, from midnight to midnight.
    Day,
    /// A week, from Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

/// Returns the indices of the selected commits among commits with the commit times `times`, the
/// newest first, in the same order. A period is represented by its last commit. If a clock was
/// wrong, a commit belongs to the period of the commit after it.
pub fn pick(times: &[i64], choice: Choice) -> Vec<usize> {
    let mut last = None;
    let mut stands = |time: i64| {
        let Some(every) = choice.every else { return true };
        let period = every.period(time);
        let earlier = last.as_ref().is_none_or(|last| period < *last);
        if earlier {
            last = Some(period);
        }
        earlier
    };
    let recent =
        times.iter().enumerate().filter(|(_, time)| choice.since.is_none_or(|since| **time >= since));
    let chosen = recent.filter(|(_, time)| stands(**time)).map(|(at, _)| at);
    chosen.take(choice.most.unwrap_or(usize::MAX)).collect()
}

impl Every {
    /// Returns the number of the period that contains `time`; periods are ordered chronologically.
    fn period(self, time: i64) -> (i64, String) {
        let days = time.div_euclid(86_400);
        match self {
            Self::Day => (days, String::new()),
            // 1970 began on a Thursday.
            Self::Week => ((days + 3).div_euclid(7), String::new()),
            Self::Month => {
                let day = Day::of_unix_time(time.try_into().unwrap_or_default()).to_string();
                (0, day.get(..7).unwrap_or_default().to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str, hour: i64) -> i64 {
        Day::parse(day).expect("a day").unix_time() + hour * 3_600
    }

    fn picked(times: &[i64], every: Option<Every>) -> Vec<usize> {
        pick(times, Choice { every, ..Choice::default() })
    }

    #[test]
    fn the_last_of_each_period() {
        let times = [
            at("2024-03-04", 0),  // a Monday
            at("2024-03-03", 23), // the Sunday before it
            at("2024-03-03", 1),
            at("2024-03-01", 0),
            at("2024-02-29", 23),
            at("2024-02-25", 12), // another Sunday
        ];
        assert_eq!(picked(&times, None), [0, 1, 2, 3, 4, 5]);
        assert_eq!(picked(&times, Some(Every::Day)), [0, 1, 3, 4, 5]);
        assert_eq!(picked(&times, Some(Every::Week)), [0, 1, 5]);
        assert_eq!(picked(&times, Some(Every::Month)), [0, 4]);
    }

    #[test]
    fn a_clock_that_is_wrong_makes_no_new_period() {
        let times = [at("2024-03-02", 0), at("2024-04-01", 0), at("2024-03-02", 0), at("2024-03-01", 0)];
        assert_eq!(picked(&times, Some(Every::Day)), [0, 3]);
    }

    #[test]
    fn the_newest_since() {
        let times = [at("2024-03-04", 0), at("2024-03-03", 0), at("2024-03-02", 0)];
        let since = Some(at("2024-03-03", 0));
        assert_eq!(pick(&times, Choice { since, ..Choice::default() }), [0, 1]);
        assert_eq!(pick(&times, Choice { most: Some(1), ..Choice::default() }), [0]);
        assert_eq!(pick(&times, Choice { every: Some(Every::Week), since, most: Some(9) }), [0, 1]);
    }
}
